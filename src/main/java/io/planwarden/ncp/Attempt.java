package io.planwarden.ncp;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One signed request and its answer. It knows for certain whether anything was sent: a failure
 * before {@link #sent} is proof that nothing was.
 */
final class Attempt {
  private final Exchange exchange;
  private final NcpRequest wanted;
  private final Connection connection;
  private final Call call;
  private final Context context;
  private final UniEmitter<? super Answer> emitter;

  // All below is touched on the context only, so none of it is locked.
  private final Buffer body = Buffer.buffer();
  private Instant began = Instant.EPOCH;
  private long timer = -1;
  private @Nullable HttpClientRequest request;
  private boolean sent;
  private Instant sentAt = Instant.EPOCH;
  private boolean over;

  Attempt(
      Exchange exchange,
      NcpRequest wanted,
      Connection connection,
      Call call,
      Context context,
      UniEmitter<? super Answer> emitter) {
    this.exchange = exchange;
    this.wanted = wanted;
    this.connection = connection;
    this.call = call;
    this.context = context;
    this.emitter = emitter;
  }

  void begin() {
    emitter.onTermination(() -> onContext(this::abandon));
    onContext(this::connect);
  }

  private void onContext(Runnable step) {
    if (Vertx.currentContext() == context) {
      step.run();
    } else {
      context.runOnContext(ignored -> step.run());
    }
  }

  private void connect() {
    if (over) {
      return;
    }
    began = exchange.now();
    Duration allowed = exchange.allowed(began, call);
    if (allowed.toMillis() < 1) {
      fail(tooLate());
      return;
    }
    timer = context.owner().setTimer(allowed.toMillis(), ignored -> expire());
    try {
      exchange.request(wanted, connection, allowed, context).onComplete(this::connected);
    } catch (RuntimeException e) {
      // The client throws where it could fail the future, for example once it is closed.
      fail(ErrorTable.unreachable(e));
    }
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    if (result.failed()) {
      fail(ErrorTable.unreachable(result.cause()));
      return;
    }
    HttpClientRequest ready = result.result();
    // The same failure reaches the answer's future; without a handler it would also be logged.
    ready.exceptionHandler(ignored -> {});
    if (over) {
      // Given back unused: the connection stays good for another call.
      ready.reset();
      return;
    }
    request = ready;
    sentAt = exchange.now();
    if (sentAt.isAfter(call.deadline())) {
      fail(tooLate());
      return;
    }
    try {
      // Not before now: waiting for a connection must not age the signature.
      exchange.sign(ready);
    } catch (RuntimeException e) {
      fail(ErrorTable.unsigned(e));
      return;
    }
    if (!call.isSent()) {
      fail(ErrorTable.withdrawn());
      return;
    }
    sent = true;
    var answer = wanted.body() == null ? ready.send() : ready.send(wanted.body());
    answer.onComplete(this::answered);
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (result.failed()) {
      fail(ErrorTable.lost(result.cause()));
      return;
    }
    HttpClientResponse response = result.result();
    exchange.heard(sentAt, response.getHeader(HttpHeaders.DATE));
    response.exceptionHandler(cause -> fail(ErrorTable.lost(cause)));
    response.handler(part -> collect(response.statusCode(), part));
    response.endHandler(ignored -> complete(response));
  }

  private void collect(int status, Buffer part) {
    if (over) {
      return;
    }
    if (body.length() + part.length() > exchange.maxAnswerBytes()) {
      fail(ErrorTable.tooLarge(status));
      return;
    }
    body.appendBuffer(part);
  }

  private void complete(HttpClientResponse response) {
    if (over) {
      return;
    }
    String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
    Answer answer =
        new Answer(
            response.statusCode(),
            response.getHeader("Retry-After"),
            encoding != null && !encoding.equalsIgnoreCase("identity"),
            body,
            Duration.between(began, exchange.now()));
    request = null;
    end();
    emitter.complete(answer);
  }

  private static UpstreamFailure tooLate() {
    return ErrorTable.unreachable(new TimeoutException("The deadline has passed"));
  }

  private void expire() {
    TimeoutException cause = new TimeoutException("The time for the attempt is over");
    fail(sent ? ErrorTable.timedOut(cause) : ErrorTable.unreachable(cause));
  }

  private void fail(UpstreamFailure failure) {
    if (over) {
      return;
    }
    end();
    emitter.fail(failure);
  }

  private void abandon() {
    if (!over) {
      end();
    }
  }

  private void end() {
    over = true;
    context.owner().cancelTimer(timer);
    if (request != null) {
      request.reset();
    }
  }
}
