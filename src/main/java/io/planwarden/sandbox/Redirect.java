package io.planwarden.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** Sends the caller to the very same place, where it is served if the rule lets it. */
record Redirect(int status) implements Fault {

  static final List<String> PARAMETERS = List.of("status");

  static Redirect parse(Body body) {
    return new Redirect((int) body.number("status", 300, 399, 307));
  }

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    Map<String, String> location = Map.of("Location", errand.request().target());
    return Future.succeededFuture(new Reply.Content(status, location, Buffer.buffer()));
  }
}
