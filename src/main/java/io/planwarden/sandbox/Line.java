package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

/** The way back to a caller, for answers and for what goes wrong with them. */
record Line(HttpServerRequest http, String date) {

  private static final int PIECE = 64 << 10;
  private static final int ENDLESS_MAX = 64 << 20;
  private static final Buffer FILLER = Buffer.buffer("x".repeat(PIECE));

  void send(Reply reply) {
    if (http.response().closed()) {
      return;
    }
    if (reply instanceof Reply.Whole whole) {
      Reply.Content content = whole.content();
      head(content).end(content.body());
    } else if (reply instanceof Reply.Cut cut) {
      cut(cut.whole().content(), cut.where());
    } else if (reply instanceof Reply.Endless endless) {
      head(new Reply.Json(endless.status(), Wire.object()).content()).setChunked(true);
      goOn(endless, Buffer.buffer("{\"endless\":\""), 0);
    } else if (reply == Reply.Lost.RESET) {
      reset();
    } else {
      close();
    }
  }

  void close() {
    http.connection().close();
  }

  private HttpServerResponse head(Reply.Content content) {
    HttpServerResponse response =
        http.response()
            .setStatusCode(content.status())
            .putHeader("Date", date)
            .putHeader("Planwarden-Sandbox", "true");
    content.headers().forEach(response::putHeader);
    return response;
  }

  private void cut(Reply.Content content, Reply.Cut.Where where) {
    int length = content.body().length();
    if (where == Reply.Cut.Where.HEAD || length == 0) {
      breakHead(content.status());
      return;
    }
    head(content)
        .putHeader("Content-Length", Integer.toString(length))
        .write(content.body().slice(0, length / 2))
        .onComplete(written -> close());
  }

  private void breakHead(int status) {
    String start =
        "HTTP/1.1 %s\r\nPlanwarden-Sandbox: true\r\nDate: %s\r\nContent-Le"
            .formatted(HttpResponseStatus.valueOf(status), date);
    channel()
        .pipeline()
        .firstContext()
        .writeAndFlush(Unpooled.copiedBuffer(start, US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void goOn(Reply.Endless endless, Buffer piece, int sent) {
    if (sent + piece.length() > ENDLESS_MAX) {
      close();
      return;
    }
    http.response()
        .write(piece)
        .compose(written -> endless.pause().get())
        .onSuccess(rested -> goOn(endless, FILLER, sent + piece.length()));
  }

  /** Without lingering, the end of a connection is a reset. */
  private void reset() {
    channel().config().setOption(ChannelOption.SO_LINGER, 0);
    close();
  }

  /** Vert.x has no public way to send part of a head or to reset a connection. */
  private Channel channel() {
    return ((ConnectionBase) http.connection()).channel();
  }
}
