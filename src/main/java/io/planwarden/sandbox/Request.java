package io.planwarden.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request as received.
 *
 * @param target the raw path and query of the request line
 * @param inLastSecond the requests for NCP that arrived in the second up to this one, it included
 */
record Request(
    Instant at, String method, String target, MultiMap headers, Buffer body, int inLastSecond) {

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
