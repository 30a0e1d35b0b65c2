package io.planwarden.ncp;

import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * NCP's whole answer to one attempt.
 *
 * @param encoded whether the body has a content encoding, which was not asked for
 * @param duration from the start of the attempt to the last byte
 */
record Answer(
    int status, @Nullable String retryAfter, boolean encoded, Buffer body, Duration duration) {
  /** Accepted (202) is no success: NCP has not done yet what it was asked to do. */
  boolean succeeded() {
    return status >= 200 && status < 300 && status != 202;
  }

  boolean empty() {
    return body.toString().isBlank();
  }

  /** Fails if the body is not a JSON value of this type. */
  <E> E as(Class<E> envelope) {
    E value = encoded ? null : Json.read(body, envelope);
    if (value == null) {
      throw unreadable();
    }
    return value;
  }

  /** It is a success, but cannot be what was asked for. */
  UpstreamFailure unreadable() {
    return UpstreamFailure.answered(
        FailureClass.AMBIGUOUS,
        ErrorCode.UPSTREAM_UNREADABLE,
        "NCP answered success with a body that is not what its contract says.",
        status,
        null,
        null);
  }
}
