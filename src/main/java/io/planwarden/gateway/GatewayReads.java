package io.planwarden.gateway;

import io.smallrye.mutiny.Uni;

/** Reads NCP. Thread-safe; does not block; lazy, so each subscription is a read of its own. */
public interface GatewayReads {
  /** Fails with {@link UpstreamFailure}. */
  <T> Uni<T> read(Query<T> query, Call call);
}
