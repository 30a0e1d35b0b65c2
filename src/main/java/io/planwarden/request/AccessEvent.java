package io.planwarden.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over, with the keys of docs/logs.md and no others; what is null is left out. No
 * text that a caller makes up is in it: neither its path nor its query, no header but a request id
 * that is fit to be logged.
 *
 * @param route the path with its parameters' names, null where nothing is served
 * @param status null if the connection was gone before there was one
 * @param durationMs from the request's headers to the end of the answer
 * @param code of the problem that was the answer
 * @param aborted true if the caller was gone before it had the whole answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"timestamp", "level", "loggerName", "requestId", "method", "route", "status"})
record AccessEvent(
    String timestamp,
    String level,
    String loggerName,
    @Nullable String requestId,
    String method,
    @Nullable String route,
    @Nullable Integer status,
    double durationMs,
    @Nullable String caller,
    @Nullable String callerKind,
    @Nullable String address,
    @Nullable String code,
    @Nullable String operationId,
    @Nullable String outcome,
    @Nullable String traceId,
    @Nullable Boolean aborted) {
  // What some reader of logs might take as the end of a line is not ASCII, or a control character.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
      new TypeReference<>() {};

  /** One object on one line. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event's members are plain values", e);
    }
  }

  /** For a line that has its time, level and logger already. */
  String text() {
    Map<String, Object> members = JSON.convertValue(this, MEMBERS);
    return members.entrySet().stream()
        .skip(3)
        .map(member -> member.getKey() + "=" + member.getValue())
        .collect(Collectors.joining(" "))
        .replaceAll("[^ -~]", "?");
  }
}
