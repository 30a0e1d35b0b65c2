package io.planwarden.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults that the HTTP layer finds, in our own words. */
@Singleton
class HttpFaults {
  private final ServedPaths served;

  HttpFaults(ServedPaths served) {
    this.served = served;
  }

  /** The problem for a status that the HTTP layer chose. */
  FacadeException of(RoutingContext http, int status, @Nullable Throwable failure) {
    String path = http.normalizedPath();
    String method = http.request().method().name();
    return switch (status) {
      case 404 -> new FacadeException(ErrorCode.UNKNOWN_PATH, "Nothing is served at this path.");
      case 405 -> methodNotAllowed(String.join(", ", served.methods(path)));
      case 406 ->
          new FacadeException(
              ErrorCode.NOT_ACCEPTABLE, "The answer is " + or(served.writes(path, method)) + ".");
      case 413 -> new FacadeException(ErrorCode.CONTENT_TOO_LARGE, "The body is too large.");
      case 415 -> mediaType(served.reads(path, method));
      default -> {
        if (failure != null && failure.getCause() instanceof JsonProcessingException json) {
          yield JsonFaults.of(json);
        }
        yield status >= 400 && status < 500
            ? new FacadeException(ErrorCode.BAD_REQUEST, badRequest(http))
            : new FacadeException(ErrorCode.INTERNAL_ERROR, "The request failed.", failure);
      }
    };
  }

  private static String badRequest(RoutingContext http) {
    return http.request().authority() == null
        ? "The request has no well-formed Host header."
        : "The request is not well-formed.";
  }

  private static FacadeException methodNotAllowed(String methods) {
    return new FacadeException(
            ErrorCode.METHOD_NOT_ALLOWED, "The methods of this path are " + methods + ".")
        .header("Allow", methods);
  }

  private static FacadeException mediaType(List<String> reads) {
    return new FacadeException(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The operation reads " + or(reads) + ".")
        .header("Accept", String.join(", ", reads));
  }

  private static String or(List<String> types) {
    return String.join(" or ", types);
  }
}
