package io.planwarden.app;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Looks at the sandbox and steers it, over its control paths. */
public final class SandboxClient {
  private final URI origin;

  public SandboxClient(URI origin) {
    this.origin = origin;
  }

  /** Back to the seed data, with an empty ledger and all switches at their defaults. */
  public void reset() {
    given().baseUri(origin.toString()).post("/sandbox/reset").then().statusCode(204);
  }

  /** What truly took effect since the last reset. */
  public List<Map<String, Object>> ledger() {
    return get("/sandbox/ledger").getList("rows");
  }

  /** The same, but only what came after so many others. */
  public List<Map<String, Object>> ledger(int after) {
    return get("/sandbox/ledger?after=" + after).getList("rows");
  }

  /** How much took effect since the last reset. */
  public int effects() {
    return get("/sandbox/ledger?after=" + Integer.MAX_VALUE).getInt("total");
  }

  /** How many requests reached it since the last reset. */
  public int calls() {
    return get("/sandbox/calls").getInt("total");
  }

  /** How many of the latest requests had a signature that it did not accept. */
  public long refused() {
    return get("/sandbox/calls?limit=100000").getList("calls.authenticated").stream()
        .filter(Boolean.FALSE::equals)
        .count();
  }

  /** The most requests that reached it in any second since the last reset. */
  public int mostCallsInASecond() {
    return get("/sandbox/calls/rate").getInt("maxPerSecond");
  }

  /** Moves its clock. */
  public void skew(long millis) {
    given()
        .baseUri(origin.toString())
        .contentType("application/json")
        .body(Map.of("skewMs", millis))
        .put("/sandbox/clock")
        .then()
        .statusCode(200);
  }

  /** Accepts these key pairs, access key and secret key, and no others. */
  public void accept(Map<String, String> pairs) {
    List<Map<String, String>> keys =
        pairs.entrySet().stream()
            .map(pair -> Map.of("accessKey", pair.getKey(), "secretKey", pair.getValue()))
            .toList();
    given()
        .baseUri(origin.toString())
        .contentType("application/json")
        .body(Map.of("keys", keys))
        .put("/sandbox/keys")
        .then()
        .statusCode(200);
  }

  /** Decides a doubt of the contract. */
  public void set(String name, Object value) {
    given()
        .baseUri(origin.toString())
        .contentType("application/json")
        .body(Map.of(name, value))
        .put("/sandbox/switches")
        .then()
        .statusCode(200);
  }

  /** Makes it misbehave by these rules, in place of those before. */
  public void misbehave(List<Map<String, Object>> rules) {
    given()
        .baseUri(origin.toString())
        .contentType("application/json")
        .body(Map.of("rules", rules))
        .put("/sandbox/faults")
        .then()
        .statusCode(200);
  }

  /** How often each rule fired. */
  public List<Integer> fired() {
    return get("/sandbox/faults").getList("rules.fired");
  }

  private JsonPath get(String path) {
    return given().baseUri(origin.toString()).get(path).then().statusCode(200).extract().jsonPath();
  }
}
