package io.planwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/**
 * Looks at the sandbox and steers it, over its control paths. Without RestAssured, for which each
 * look at an answer is a script that it compiles: tests look here thousands of times.
 */
public final class SandboxClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI origin;

  public SandboxClient(URI origin) {
    this.origin = origin;
  }

  /** Back to the seed data, with an empty ledger and all switches at their defaults. */
  public void reset() {
    send("POST", "/sandbox/reset", "", 204);
  }

  /** What truly took effect since the last reset. */
  public List<Map<String, Object>> ledger() {
    return rows("/sandbox/ledger");
  }

  /** The same, but only what came after so many others. */
  public List<Map<String, Object>> ledger(int after) {
    return rows("/sandbox/ledger?after=" + after);
  }

  /** How much took effect since the last reset. */
  public int effects() {
    return get("/sandbox/ledger?after=" + Integer.MAX_VALUE).path("total").intValue();
  }

  /** How many requests reached it since the last reset. */
  public int calls() {
    return get("/sandbox/calls?limit=1").path("total").intValue();
  }

  /** How many of the latest requests had a signature that it did not accept. */
  public long refused() {
    return get("/sandbox/calls?limit=100000").path("calls").findValues("authenticated").stream()
        .filter(authenticated -> !authenticated.booleanValue())
        .count();
  }

  /** The most requests that reached it in any second since the last reset. */
  public int mostCallsInASecond() {
    return get("/sandbox/calls/rate").path("maxPerSecond").intValue();
  }

  /** Moves its clock. */
  public void skew(long millis) {
    put("/sandbox/clock", Map.of("skewMs", millis));
  }

  /** Accepts these key pairs, access key and secret key, and no others. */
  public void accept(Map<String, String> pairs) {
    List<Map<String, String>> keys =
        pairs.entrySet().stream()
            .map(pair -> Map.of("accessKey", pair.getKey(), "secretKey", pair.getValue()))
            .toList();
    put("/sandbox/keys", Map.of("keys", keys));
  }

  /** Decides a doubt of the contract. */
  public void set(String name, Object value) {
    put("/sandbox/switches", Map.of(name, value));
  }

  /** Makes it misbehave by these rules, in place of those before. */
  public void misbehave(List<Map<String, Object>> rules) {
    put("/sandbox/faults", Map.of("rules", rules));
  }

  /** How often each rule fired. */
  public List<Integer> fired() {
    return get("/sandbox/faults").path("rules").findValues("fired").stream()
        .map(JsonNode::intValue)
        .toList();
  }

  @SuppressWarnings("unchecked") // It is a list of objects.
  private List<Map<String, Object>> rows(String path) {
    return MAPPER.convertValue(get(path).path("rows"), List.class);
  }

  private JsonNode get(String path) {
    try {
      return MAPPER.readTree(send("GET", path, "", 200));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String path, Object body) {
    send("PUT", path, MAPPER.valueToTree(body).toString(), 200);
  }

  private String send(String method, String path, String body, int expected) {
    HttpRequest request =
        HttpRequest.newBuilder(origin.resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != expected) {
        throw new AssertionError(
            "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
