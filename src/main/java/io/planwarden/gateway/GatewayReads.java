package io.planwarden.gateway;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Reads NCP. Thread-safe; does not block; lazy, so each subscription is a read of its own. */
public interface GatewayReads {
  /** Fails with {@link UpstreamFailure}. */
  <T> Uni<T> read(Query<T> query, Call call);

  /** From when the answer is that would be given now without asking NCP; empty if there is none. */
  default Optional<Instant> readAt(Query<?> query) {
    return Optional.empty();
  }
}
