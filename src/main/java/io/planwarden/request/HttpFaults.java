package io.planwarden.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.stream.Collectors;

/** Faults that the HTTP layer and the JSON parser find, in our own words. */
final class HttpFaults {
  private HttpFaults() {}

  /** The problem for a status that the HTTP layer chose. */
  static FacadeException of(int status, Throwable failure) {
    return switch (status) {
      case 400 ->
          failure.getCause() instanceof JsonProcessingException json
              ? ofJson(json)
              : new FacadeException(ErrorCode.BAD_REQUEST, "The request is not well-formed.");
      case 404 -> new FacadeException(ErrorCode.UNKNOWN_PATH, "Nothing is served at this path.");
      case 405 ->
          new FacadeException(
              ErrorCode.METHOD_NOT_ALLOWED, "This path is not served with this method.");
      case 406 -> new FacadeException(ErrorCode.NOT_ACCEPTABLE, "The answer is application/json.");
      case 413 -> new FacadeException(ErrorCode.CONTENT_TOO_LARGE, "The body is too large.");
      case 415 ->
          new FacadeException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The operation reads application/json.");
      default -> new FacadeException(ErrorCode.INTERNAL_ERROR, "The request failed.", failure);
    };
  }

  /** The problem for a body that the JSON parser refuses. */
  static FacadeException ofJson(JsonProcessingException json) {
    if (json instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String field = path(mapping);
      String rule =
          json instanceof PropertyBindingException
              ? "is not a member of this body"
              : "has the wrong type";
      return FacadeException.field(ErrorCode.INVALID_FIELD, field, rule);
    }
    return new FacadeException(
        ErrorCode.MALFORMED_JSON, "The body is not one well-formed JSON object.");
  }

  private static String path(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
