package io.planwarden.peer;

import io.micrometer.core.instrument.Counter;
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
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.VertxHttpBuildTimeConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig.InsecureRequests;
import io.quarkus.vertx.http.runtime.options.HttpServerOptionsUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has every connection watched that a server of this process accepts. The HTTP server times only
 * connections on which nothing moves, and has no hook for more; so its listening sockets are looked
 * up where they run: from the moment before the server opens them, so that not even the first
 * connection is missed, and now and then for those that are opened without a word.
 */
@Singleton
class ListeningSockets implements HttpServerOptionsCustomizer {
  private static final Logger LOG = Logger.getLogger(ListeningSockets.class);
  private static final String NAME = "planwarden.peers";
  private static final long LOOK_MILLIS = 250;
  private static final int LOOKS_PER_LIMIT = 10;
  private static final Duration OPENING = Duration.ofSeconds(10);

  private final VertxInternal vertx;
  private final Settings settings;
  private final boolean plain;
  private final int most;
  private final AtomicInteger opening = new AtomicInteger();
  private long timer;

  @Inject
  ListeningSockets(
      Vertx vertx,
      RequestConfig config,
      VertxHttpConfig server,
      VertxHttpBuildTimeConfig built,
      MeterRegistry meters) {
    this(
        vertx,
        settings(config, server, meters),
        opensPlain(server, built),
        server.limits().maxConnections().orElse(Integer.MAX_VALUE));
  }

  /**
   * Watches the sockets of these event loops.
   *
   * @param plain whether the server opens a socket for plain HTTP when it announces one
   * @param most how many connections of each socket may be open at once
   */
  ListeningSockets(Vertx vertx, Settings settings, boolean plain, int most) {
    this.vertx = (VertxInternal) vertx;
    this.settings = settings;
    this.plain = plain;
    this.most = most;
  }

  private static boolean opensPlain(VertxHttpConfig server, VertxHttpBuildTimeConfig built) {
    return HttpServerOptionsUtils.getInsecureRequestStrategy(server, built, LaunchMode.current())
        != InsecureRequests.DISABLED;
  }

  private static Settings settings(
      RequestConfig config, VertxHttpConfig server, MeterRegistry meters) {
    Duration shortest =
        min(config.headerTimeout(), min(config.bodyTimeout(), config.answerTimeout()));
    var http = server.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(http.maxInitialLineLength())
            .setMaxHeaderSize(http.maxHeaderSize().asBigInteger().intValueExact())
            .setMaxChunkSize(http.maxChunkSize().asBigInteger().intValueExact());
    for (Cut cut : Cut.values()) {
      // There from the start, so that the first cut is seen as an increase.
      cuts(meters, cut);
    }
    return new Settings(
        new Limits(
            config.headerTimeout(),
            // The caller hears of it first, where there is somebody to tell.
            config.bodyTimeout().plus(EarlyAnswer.LINGER),
            config.answerTimeout()),
        shortest.dividedBy(LOOKS_PER_LIMIT),
        System::nanoTime,
        cut -> cuts(meters, cut).increment(),
        () -> new StrictDecoder(options));
  }

  private static Counter cuts(MeterRegistry meters, Cut cut) {
    return meters.counter("planwarden.connections.cut", "slow", cut.word());
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

  /** Announced also where plain HTTP is switched off. */
  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    if (plain) {
      watchTheNext();
    }
  }

  /** Announced also where there is no certificate. */
  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (options.getKeyCertOptions() != null) {
      watchTheNext();
    }
  }

  void opened(@ObservesAsync HttpServerStart start) {
    opening.decrementAndGet();
  }

  void opened(@ObservesAsync HttpsServerStart start) {
    opening.decrementAndGet();
  }

  /**
   * Watches the socket that is about to be opened. The loop that opens it also accepts from it, so
   * a task that is always in its queue comes between the two. It accepts nothing meanwhile, so this
   * goes on only until the server has opened all.
   */
  private void watchTheNext() {
    if (opening.getAndIncrement() == 0) {
      long end = settings.nanos().getAsLong() + OPENING.toNanos();
      onLoops(loop -> watchUntilOpened(loop, end));
    }
  }

  private void watchUntilOpened(SingleThreadEventLoop loop, long end) {
    sockets(loop).forEach(this::watch);
    if (opening.get() > 0 && settings.nanos().getAsLong() < end && !loop.isShuttingDown()) {
      loop.execute(() -> watchUntilOpened(loop, end));
    }
  }

  private void onSockets(Consumer<Channel> action) {
    onLoops(loop -> sockets(loop).forEach(action));
  }

  private void onLoops(Consumer<SingleThreadEventLoop> action) {
    for (EventExecutor each : vertx.getAcceptorEventLoopGroup()) {
      if (each instanceof SingleThreadEventLoop loop && !loop.isShuttingDown()) {
        loop.execute(() -> action.accept(loop));
      }
    }
  }

  private static List<Channel> sockets(SingleThreadEventLoop loop) {
    List<Channel> sockets = new ArrayList<>();
    loop.registeredChannelsIterator()
        .forEachRemaining(
            channel -> {
              if (channel instanceof ServerChannel) {
                sockets.add(channel);
              }
            });
    return sockets;
  }

  private void watch(Channel socket) {
    if (socket.pipeline().get(NAME) == null) {
      socket.pipeline().addFirst(NAME, new Accepted(settings, most));
      LOG.debugf("connections at %s are watched", socket.localAddress());
    }
  }

  private static void leave(Channel socket) {
    if (socket.pipeline().get(NAME) != null) {
      socket.pipeline().remove(NAME);
    }
  }

  /**
   * Sees the connections that a listening socket accepts, before anything is read of them, and ends
   * those that are too many: with TLS the server counts them only after the handshake. Each socket
   * has its own count, so that probes of the management port get through whatever the API's has.
   */
  @ChannelHandler.Sharable
  private static final class Accepted extends ChannelInboundHandlerAdapter {
    private final Settings settings;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    Accepted(Settings settings, int most) {
      this.settings = settings;
      this.most = most;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object connection) {
      Channel channel = (Channel) connection;
      if (open.incrementAndGet() > most) {
        open.decrementAndGet();
        // It belongs to no event loop yet, on which it could be closed in the usual way.
        channel.unsafe().closeForcibly();
        return;
      }
      channel.closeFuture().addListener(closed -> open.decrementAndGet());
      channel.pipeline().addFirst(new TurnFlush(), new ConnectionWatch(settings));
      ctx.fireChannelRead(connection);
    }
  }
}
