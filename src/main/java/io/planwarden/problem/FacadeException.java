package io.planwarden.problem;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exception that becomes an answer. {@code getMessage()} is the public detail; a private cause,
 * if any, goes to the log and never to the caller.
 */
public class FacadeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Map<String, Object> members = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable Duration retryAfter;
  private @Nullable Boolean retryable;

  public FacadeException(ErrorCode code, String detail) {
    super(detail);
    this.code = code;
  }

  public FacadeException(ErrorCode code, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  /** A fault in one field of the request: which one, and the rule that it breaks. */
  public static FacadeException field(ErrorCode code, String field, String rule) {
    return new FacadeException(code, field + " " + rule).with("field", field).with("rule", rule);
  }

  /** Adds an extension member (RFC 9457, section 3.2) to the answer. */
  public final FacadeException with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  /** Adds a header to the answer. */
  public final FacadeException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Names the resource to look at next, as a path on this server. */
  public final FacadeException at(String path) {
    return header("Location", path);
  }

  /** Tells how long to wait before trying again; rendered in whole seconds, rounded up. */
  public final FacadeException retryAfter(Duration wait) {
    retryAfter = wait;
    return this;
  }

  /** Tells whether this very request may be sent again, where that is not as for its kind. */
  public final FacadeException retryable(boolean may) {
    retryable = may;
    return this;
  }

  /** Whether the very same request, sent again, is safe and may succeed. */
  public final boolean retryable() {
    return retryable == null ? code.retryable() : retryable;
  }

  /** What kind of error this is. */
  public final ErrorCode code() {
    return code;
  }

  /** The extension members, in the order in which they were added. */
  public final Map<String, Object> members() {
    return Collections.unmodifiableMap(members);
  }

  /** Headers that go with the answer. */
  public final Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /** How long to wait before trying again. */
  public final @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
