package io.planwarden.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What truly took effect, as the sandbox's ledger has it. Each reading goes on where it ended. */
final class TrueEffects {
  private final String sandbox;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, List<Instant>> effects = new LinkedHashMap<>();
  private final Map<String, JsonNode> befores = new LinkedHashMap<>();
  private long seq;

  TrueEffects(String sandbox) {
    this.sandbox = sandbox;
  }

  /** When what the mark stands for took effect: once or never, if all is well. */
  List<Instant> of(String mark) {
    return effects.getOrDefault(mark, List.of());
  }

  Map<String, List<Instant>> all() {
    return effects;
  }

  /** What the target was like before the first effect of the mark. */
  JsonNode before(String mark) {
    return befores.get(mark);
  }

  /** Reads what is new. */
  void read() throws Exception {
    for (JsonNode row : get("/sandbox/ledger?after=" + seq).path("rows")) {
      seq = row.path("seq").asLong();
      if (!content(row.path("before")).equals(content(row.path("after")))) {
        befores.putIfAbsent(Ask.markOfEffect(row), row.path("before"));
        effects
            .computeIfAbsent(Ask.markOfEffect(row), mark -> new ArrayList<>())
            .add(Instant.parse(row.path("at").asText()));
      }
    }
  }

  /** How many changes it has received and not answered. */
  long unanswered() throws Exception {
    long count = 0;
    for (JsonNode call : get("/sandbox/calls?limit=300").path("calls")) {
      boolean read =
          call.path("method").asText().equals("GET")
              || call.path("target").asText().endsWith("/search");
      if (!read && !call.has("status")) {
        count++;
      }
    }
    return count;
  }

  /** An accepted PUT leaves a row even if it changes nothing but the time of the last change. */
  private static JsonNode content(JsonNode object) {
    return object instanceof ObjectNode fields ? fields.deepCopy().without("modTime") : object;
  }

  private JsonNode get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox + path)).build();
    return json.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
