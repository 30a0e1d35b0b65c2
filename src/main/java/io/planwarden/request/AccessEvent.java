package io.planwarden.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over, with the keys of docs/logs.md and no others; what is null is left out. No
 * text that a caller makes up is in it: neither its path nor its query, no header but a request id
 * that is fit to be logged.
 *
 * @param timestamp when the answer was complete
 * @param route the path with its parameters' names, null where nothing is served
 * @param status null if the connection was gone before there was one
 * @param durationMs from the request's headers to the end of the answer
 * @param code of the problem that was the answer
 * @param aborted true if the caller was gone before it had the whole answer
 */
record AccessEvent(
    Instant timestamp,
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
    boolean aborted) {
  // What some reader of logs might take as the end of a line is not ASCII, or a control character.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .rootValueSeparator("\n")
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
      new TypeReference<>() {};

  /** Objects, each on a line. */
  static String json(List<AccessEvent> events) {
    StringWriter lines = new StringWriter(events.size() * 400);
    try (JsonGenerator json = JSON.createGenerator(lines)) {
      for (AccessEvent event : events) {
        event.write(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes all that is written", e);
    }
    return lines.toString();
  }

  /** For a line that has its time, level and logger already. */
  String text() {
    return members().entrySet().stream()
        .skip(3)
        .map(member -> member.getKey() + "=" + member.getValue())
        .collect(Collectors.joining(" "))
        .replaceAll("[^ -~]", "?");
  }

  private Map<String, Object> members() {
    try {
      return MAPPER.readValue(json(List.of(this)), MEMBERS);
    } catch (IOException e) {
      throw new UncheckedIOException("this was written as JSON", e);
    }
  }

  /** By hand: with reflection it took half the time that a log line takes. */
  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("timestamp", timestamp.toString());
    json.writeStringField("level", "INFO");
    json.writeStringField("loggerName", AccessLines.LOGGER);
    write(json, "requestId", requestId);
    json.writeStringField("method", method);
    write(json, "route", route);
    if (status != null) {
      json.writeNumberField("status", status);
    }
    json.writeNumberField("durationMs", durationMs);
    write(json, "caller", caller);
    write(json, "callerKind", callerKind);
    write(json, "address", address);
    write(json, "code", code);
    write(json, "operationId", operationId);
    write(json, "outcome", outcome);
    write(json, "traceId", traceId);
    if (aborted) {
      json.writeBooleanField("aborted", true);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
