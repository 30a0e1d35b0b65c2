package io.planwarden.request;

import com.github.f4b6a3.ulid.UlidCreator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request: the caller's own, if it is fit to be stored and logged, or a new one. */
public final class RequestId {
  /** The header that carries it, in requests and in every answer. */
  public static final String HEADER = "X-Request-Id";

  /** What one looks like that is fit to be stored and logged. */
  public static final String FORM = "[A-Za-z0-9._:/+=-]{1,128}";

  private static final Pattern FIT = Pattern.compile(FORM);

  private RequestId() {}

  /** Whether it could be one. */
  public static boolean isFit(String text) {
    return FIT.matcher(text).matches();
  }

  /** The proposed id, or a new one if there is none or it has characters that could do harm. */
  public static String from(@Nullable String proposed) {
    return proposed != null && isFit(proposed)
        ? proposed
        : UlidCreator.getMonotonicUlid().toString();
  }
}
