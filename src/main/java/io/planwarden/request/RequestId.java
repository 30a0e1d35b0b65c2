package io.planwarden.request;

import com.github.f4b6a3.ulid.UlidCreator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request: the caller's own, if it is fit to be stored and logged, or a new one. */
public final class RequestId {
  /** The header that carries it, in requests and in every answer. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

  private RequestId() {}

  /** The proposed id, or a new one if there is none or it has characters that could do harm. */
  public static String from(@Nullable String proposed) {
    return proposed != null && FIT.matcher(proposed).matches()
        ? proposed
        : UlidCreator.getMonotonicUlid().toString();
  }
}
