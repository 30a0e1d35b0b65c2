package io.planwarden.ncp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** A request to NCP, unsigned, so that each attempt signs it anew. */
record NcpRequest(HttpMethod method, String target, @Nullable Buffer body) {
  static NcpRequest get(Target target) {
    return new NcpRequest(HttpMethod.GET, target.toString(), null);
  }

  static NcpRequest delete(Target target) {
    return new NcpRequest(HttpMethod.DELETE, target.toString(), null);
  }

  static NcpRequest post(Target target, Record body) {
    return new NcpRequest(HttpMethod.POST, target.toString(), Json.write(body));
  }

  static NcpRequest put(Target target, Record body) {
    return new NcpRequest(HttpMethod.PUT, target.toString(), Json.write(body));
  }
}
