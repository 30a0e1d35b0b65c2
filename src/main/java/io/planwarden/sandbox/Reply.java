package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;

/** What is answered to a request, or how the connection ends instead. */
sealed interface Reply {

  /** The status sent, 0 if the connection ends without one. */
  int status();

  /** A proper answer. */
  sealed interface Whole extends Reply {

    /** The same in bytes. */
    Content content();

    /** The same answer with another status. */
    Whole withStatus(int status);
  }

  /** An answer with a JSON body. */
  record Json(int status, JsonObject body) implements Whole {

    @Override
    public Content content() {
      return new Content(
          status, Map.of("Content-Type", "application/json;charset=UTF-8"), body.toBuffer());
    }

    @Override
    public Whole withStatus(int newStatus) {
      return new Json(newStatus, body);
    }
  }

  /** An answer without a body. */
  record Empty(int status) implements Whole {

    @Override
    public Content content() {
      return new Content(status, Map.of(), Buffer.buffer());
    }

    @Override
    public Whole withStatus(int newStatus) {
      return new Empty(newStatus);
    }
  }

  /** An answer with any headers and body. */
  record Content(int status, Map<String, String> headers, Buffer body) implements Whole {

    @Override
    public Content content() {
      return this;
    }

    @Override
    public Whole withStatus(int newStatus) {
      return new Content(newStatus, headers, body);
    }
  }

  /** An answer that the end of the connection cuts short; one without a body breaks in its head. */
  record Cut(Whole whole, Where where) implements Reply {

    enum Where {
      HEAD,
      BODY
    }

    @Override
    public int status() {
      return whole.status();
    }
  }

  /** An answer whose body goes on and on, with a pause between its pieces. */
  record Endless(int status, Supplier<Future<Void>> pause) implements Reply {}

  /** No answer: the connection is closed, or reset. */
  enum Lost implements Reply {
    CLOSED,
    RESET;

    @Override
    public int status() {
      return 0;
    }
  }

  static Json ok(JsonObject body) {
    return new Json(200, body);
  }
}
