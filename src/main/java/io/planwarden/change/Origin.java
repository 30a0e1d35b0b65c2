package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Reach;
import io.planwarden.idempotency.IdempotencyKey;
import io.planwarden.request.Caller;
import io.planwarden.request.CurrentRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a change comes from.
 *
 * @param deadline when the caller's answer is due
 * @param reason why, in the caller's words
 * @param key under which the request may be sent again, null if none was given; it stands for one
 *     operation
 */
public record Origin(
    Caller caller,
    String requestId,
    Instant deadline,
    @Nullable String reason,
    @Nullable IdempotencyKey key) {
  /** Of something that was asked for without a key. */
  public Origin(Caller caller, String requestId, Instant deadline, @Nullable String reason) {
    this(caller, requestId, deadline, reason, null);
  }

  /** The request at hand. */
  public static Origin of(CurrentRequest request) {
    return new Origin(
        request.caller(),
        request.id(),
        request.deadline(),
        request.reason(),
        IdempotencyKey.of(request.headers(IdempotencyKey.HEADER)));
  }

  /** The calls to NCP that are made while the caller waits. */
  Call call() {
    return new Call(caller.share(), deadline, new Reach(caller.products()));
  }
}
