package io.planwarden.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request as received; {@code target} is the raw path and query of the request line. */
record Request(Instant at, String method, String target, MultiMap headers, Buffer body) {

  @Nullable String header(String name) {
    return headers.get(name);
  }

  String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  Query query() {
    int mark = target.indexOf('?');
    return Query.parse(mark < 0 ? "" : target.substring(mark + 1));
  }
}
