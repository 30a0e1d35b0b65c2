package io.planwarden.gateway;

import io.smallrye.mutiny.Uni;

/**
 * Changes NCP. Only the package {@code change} may use it: an effect without an intent on record is
 * what Planwarden exists to prevent. Thread-safe; does not block; lazy.
 */
public interface GatewayWrites {
  /** Fails with {@link UpstreamFailure}, whose kind says whether an effect is excluded. */
  Uni<Receipt> send(Change change, Call call);
}
