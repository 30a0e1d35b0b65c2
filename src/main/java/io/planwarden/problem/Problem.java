package io.planwarden.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem+json answer (RFC 9457), rendered here and nowhere else. Thread-safe.
 *
 * @param status the HTTP status
 * @param headers the headers that go with it, Content-Type among them
 * @param body the body, UTF-8 JSON
 */
public record Problem(int status, Map<String, String> headers, String body) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  // Of a 503 that says nothing itself. What does not pass by itself ends with a period or because
  // somebody acts: callers are to see within minutes that it did, and not to ask every second.
  private static final Duration PASSING = Duration.ofSeconds(1);
  private static final Duration LASTING = Duration.ofMinutes(5);

  /** Renders an exception's public part. */
  public static Problem of(FacadeException failure) {
    ErrorCode code = failure.code();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "/problems/" + code.code());
    members.put("title", code.title());
    members.put("status", code.status());
    members.put("code", code.code());
    members.put("retryable", failure.retryable());
    members.put("detail", detail(failure));
    members.putAll(failure.members());
    return new Problem(code.status(), headers(failure), write(members));
  }

  private static String detail(FacadeException failure) {
    String detail = String.valueOf(failure.getMessage());
    return detail + (detail.endsWith(".") ? " " : ". ") + failure.code().remedy();
  }

  private static Map<String, String> headers(FacadeException failure) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", MEDIA_TYPE);
    headers.putAll(failure.headers());
    Duration retryAfter = failure.retryAfter();
    if (retryAfter == null && failure.code().status() == 503) {
      // By the code: a key that stands for a failed attempt makes no outage longer.
      retryAfter = failure.code().retryable() ? PASSING : LASTING;
    }
    if (retryAfter != null) {
      headers.put("Retry-After", Long.toString(wholeSeconds(retryAfter)));
    }
    return headers;
  }

  private static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }

  private static String write(Map<String, Object> members) {
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem's members are plain values", e);
    }
  }
}
