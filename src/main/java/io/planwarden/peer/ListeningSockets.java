package io.planwarden.peer;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.planwarden.peer.ConnectionWatch.Settings;
import io.planwarden.peer.Patience.Limits;
import io.planwarden.request.EarlyAnswer;
import io.planwarden.request.RequestConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has every connection watched that a server of this process accepts. The HTTP server times only
 * connections on which nothing moves, and has no hook for more; so its listening sockets are looked
 * up where they run. They are opened at different times, hence the looking again.
 */
@Singleton
class ListeningSockets {
  private static final Logger LOG = Logger.getLogger(ListeningSockets.class);
  private static final String NAME = "planwarden.peers";
  private static final long LOOK_MILLIS = 250;
  private static final int LOOKS_PER_LIMIT = 10;

  private final VertxInternal vertx;
  private final Settings settings;
  private long timer;

  ListeningSockets(
      Vertx vertx, RequestConfig config, VertxHttpConfig server, MeterRegistry meters) {
    this.vertx = (VertxInternal) vertx;
    Duration shortest =
        min(config.headerTimeout(), min(config.bodyTimeout(), config.answerTimeout()));
    var http = server.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(http.maxInitialLineLength())
            .setMaxHeaderSize(http.maxHeaderSize().asBigInteger().intValueExact())
            .setMaxChunkSize(http.maxChunkSize().asBigInteger().intValueExact());
    this.settings =
        new Settings(
            new Limits(
                config.headerTimeout(),
                // The caller hears of it first, where there is somebody to tell.
                config.bodyTimeout().plus(EarlyAnswer.LINGER),
                config.answerTimeout()),
            shortest.dividedBy(LOOKS_PER_LIMIT),
            System::nanoTime,
            cut -> meters.counter("planwarden.connections.cut", "slow", cut.word()).increment(),
            () -> new StrictDecoder(options));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  void begin(@Observes StartupEvent start) {
    onSockets(this::watch);
    timer = vertx.setPeriodic(LOOK_MILLIS, look -> onSockets(this::watch));
  }

  /** In dev mode the sockets outlive this, and a later one takes over. */
  void end(@Observes ShutdownEvent stop) {
    vertx.cancelTimer(timer);
    onSockets(ListeningSockets::leave);
  }

  private void onSockets(Consumer<Channel> action) {
    for (EventExecutor each : vertx.getAcceptorEventLoopGroup()) {
      if (each instanceof SingleThreadEventLoop loop && !loop.isShuttingDown()) {
        loop.execute(
            () -> {
              for (Iterator<Channel> all = loop.registeredChannelsIterator(); all.hasNext(); ) {
                if (all.next() instanceof ServerChannel socket) {
                  action.accept(socket);
                }
              }
            });
      }
    }
  }

  private void watch(Channel socket) {
    if (socket.pipeline().get(NAME) == null) {
      socket.pipeline().addFirst(NAME, new Accepted(settings));
      LOG.debugf("connections at %s are watched", socket.localAddress());
    }
  }

  private static void leave(Channel socket) {
    if (socket.pipeline().get(NAME) != null) {
      socket.pipeline().remove(NAME);
    }
  }

  /** Sees the connections that a listening socket accepts, before anything is read of them. */
  @ChannelHandler.Sharable
  private static final class Accepted extends ChannelInboundHandlerAdapter {
    private final Settings settings;

    Accepted(Settings settings) {
      this.settings = settings;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object connection) {
      ((Channel) connection).pipeline().addFirst(new ConnectionWatch(settings));
      ctx.fireChannelRead(connection);
    }
  }
}
