package io.planwarden.idempotency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public part of a problem, as it is kept for a replay. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection(registerFullHierarchy = true)
record StoredProblem(
    ErrorCode code,
    String detail,
    boolean retryable,
    Map<String, Object> members,
    Map<String, String> headers,
    @Nullable Long retryAfterMillis) {
  // What a later version adds does not matter to this one.
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static String write(FacadeException problem) {
    Duration wait = problem.retryAfter();
    try {
      return JSON.writeValueAsString(
          new StoredProblem(
              problem.code(),
              String.valueOf(problem.getMessage()),
              problem.retryable(),
              problem.members(),
              problem.headers(),
              wait == null ? null : wait.toMillis()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem's members are plain values", e);
    }
  }

  static FacadeException restore(String text) {
    try {
      return JSON.readValue(text, StoredProblem.class).exception();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem was stored in a form that is not ours", e);
    }
  }

  private FacadeException exception() {
    FacadeException problem = new FacadeException(code, detail).retryable(retryable);
    members.forEach(problem::with);
    headers.forEach(problem::header);
    if (retryAfterMillis != null) {
      problem.retryAfter(Duration.ofMillis(retryAfterMillis));
    }
    return problem;
  }
}
