package io.planwarden.idempotency;

import io.planwarden.problem.FacadeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a key stands for.
 *
 * @param fingerprint of the payload that it was first sent with
 * @param problem what the operation ended with, as it was stored; null if it ended well, or has not
 */
public record KeyRow(String operationId, String fingerprint, @Nullable String problem) {
  /** The problem that the operation ended with, a new exception each time. */
  public Optional<FacadeException> ending() {
    return Optional.ofNullable(problem).map(StoredProblem::restore);
  }
}
