package io.planwarden.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.planwarden.request.Caller;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row's canonical text, member by member in the order of their names. By hand, because
 * every change is written twice, and looking the members up costs more than writing them.
 */
final class RowText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_LENGTH = 1024;

  private final JsonGenerator json;

  private RowText(JsonGenerator json) {
    this.json = json;
  }

  static String of(AuditRow row) {
    StringWriter text = new StringWriter(USUAL_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new RowText(json).row(row);
    } catch (IOException e) {
      throw new IllegalStateException("an audit row holds plain values", e);
    }
    return text.toString();
  }

  private void row(AuditRow row) throws IOException {
    json.writeStartObject();
    unlessNull("action", row.action());
    unlessNull("after", row.after());
    unlessNull("at", row.at());
    unlessNull("before", row.before());
    caller(row.caller());
    unlessNull("changed", row.changed());
    unlessNull("changedOutside", row.changedOutside());
    unlessNull("closed", row.closed());
    unlessNull("deadline", row.deadline());
    unlessNull("detail", row.detail());
    unlessNull("mayLandUntil", row.mayLandUntil());
    unlessNull("operationId", row.operationId());
    unlessNull("outcome", row.outcome() == null ? null : row.outcome().word());
    unlessNull("parentOperationId", row.parentOperationId());
    unlessNull("phase", row.phase().word());
    unlessNull("prevHash", row.prevHash());
    unlessNull("reason", row.reason());
    unlessNull("request", row.request());
    unlessNull("requestId", row.requestId());
    unlessNull("seq", row.seq());
    unlessNull("target", row.target());
    unlessNull("unread", row.unread());
    upstream(row.upstream());
    json.writeEndObject();
  }

  private void caller(Caller caller) throws IOException {
    json.writeObjectFieldStart("caller");
    orNull("address", caller.address());
    unlessNull("id", caller.id());
    unlessNull("kind", caller.kind());
    unlessNull("verified", caller.verified());
    json.writeEndObject();
  }

  private void upstream(@Nullable Upstream upstream) throws IOException {
    if (upstream != null) {
      json.writeObjectFieldStart("upstream");
      orNull("attempts", upstream.attempts());
      orNull("code", upstream.code());
      orNull("durationMs", upstream.durationMs());
      orNull("status", upstream.status());
      json.writeEndObject();
    }
  }

  private void unlessNull(String name, @Nullable Object value) throws IOException {
    if (value != null) {
      orNull(name, value);
    }
  }

  private void orNull(String name, @Nullable Object value) throws IOException {
    json.writeFieldName(name);
    value(value);
  }

  private void value(@Nullable Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (var member : sorted(map).entrySet()) {
        orNull(String.valueOf(member.getKey()), member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object each : list) {
        value(each);
      }
      json.writeEndArray();
    } else if (value instanceof Instant time) {
      json.writeString(time.toString());
    } else {
      // Other numbers, booleans and null; it throws for anything else.
      json.writeObject(value);
    }
  }

  private static Map<?, ?> sorted(Map<?, ?> map) {
    return map instanceof SortedMap<?, ?> ? map : new TreeMap<>(map);
  }
}
