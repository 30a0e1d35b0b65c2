package io.planwarden.peer;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.planwarden.peer.ConnectionWatch.Settings;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells where one request ends and the next begins, keeps the server from taking a connection for
 * idle on which one is worked on, and ends one on which too many wait for their answers, for the
 * server would keep them all. Stands behind the server's decoder.
 */
final class RequestMarks extends ChannelDuplexHandler {
  private static final int MAX_AHEAD = 10;

  // What the HTTP server calls its handlers.
  private static final String TLS = "ssl";
  private static final String DECODER = "httpDecoder";
  private static final String CONNECTION = "handler";

  private final Patience patience;
  private final LongSupplier nanos;
  private final Consumer<Cut> cuts;
  private int unanswered;
  private boolean ended;

  private RequestMarks(Patience patience, Settings settings) {
    this.patience = patience;
    this.nanos = settings.nanos();
    this.cuts = settings.cuts();
  }

  /** Puts it into a connection that the server has set up; with TLS, after the handshake. */
  static void place(ChannelPipeline pipeline, Patience patience, Settings settings) {
    if (pipeline.get(DECODER) != null) {
      pipeline.replace(DECODER, DECODER, settings.decoder().get());
      pipeline.addBefore(CONNECTION, null, new RequestMarks(patience, settings));
    } else if (pipeline.get(TLS) != null) {
      // Not SslHandler where the certificate depends on the name that is asked for: what stands
      // there then waits for the name, and puts the other in its own place.
      pipeline.addAfter(TLS, null, new AfterHandshake(patience, settings));
    } else {
      // Not HTTP/1.1: its requests cannot be told here.
      patience.requestCame(settings.nanos().getAsLong());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ended = true;
    if (message instanceof HttpRequest) {
      patience.headersCame(nanos.getAsLong());
      unanswered++;
      if (unanswered == MAX_AHEAD + 1) {
        cuts.accept(Cut.TOO_MANY_AHEAD);
        ctx.close();
      }
    }
    if (message instanceof LastHttpContent) {
      patience.requestCame(nanos.getAsLong());
    }
    if (unanswered > MAX_AHEAD) {
      ReferenceCountUtil.release(message);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      unanswered--;
    }
    ctx.write(message, promise);
  }

  /** While a long answer is made nothing moves, and the server would close the connection. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (unanswered == 0 || !(event instanceof IdleStateEvent)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!ended) {
      patience.begun(nanos.getAsLong());
    }
    ended = false;
    ctx.fireChannelReadComplete();
  }

  /** The server sets a connection up for HTTP when it hears of the handshake's end. */
  private static final class AfterHandshake extends ChannelInboundHandlerAdapter {
    private final Patience patience;
    private final Settings settings;

    AfterHandshake(Patience patience, Settings settings) {
      this.patience = patience;
      this.settings = settings;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      ctx.fireUserEventTriggered(event);
      if (ctx.pipeline().get(DECODER) != null) {
        place(ctx.pipeline(), patience, settings);
        ctx.pipeline().remove(this);
      }
    }
  }
}
