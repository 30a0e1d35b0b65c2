package io.planwarden.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.planwarden.change.ScaledTime;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are sent again under their key: one effect, and the answer of the first. */
@QuarkusTest
@TestProfile(ScaledTime.class)
class IdempotencyTest {
  private static final String PLANS = "/v1/usage-plans";
  private static final String OPEN = PLANS + "/planopen01";
  private static final int MANY = 16;
  private static int keys;

  private final String key = "key-" + keys++;
  @Inject SandboxClient sandbox;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|/v1/usage-plans|{\"usagePlanName\": \"Twice\", \"rateRps\": 2}|201",
        "PUT|/v1/usage-plans/planopen01|{\"usagePlanName\": \"Open\", \"rateRps\": 3}|200",
        "PATCH|/v1/usage-plans/planopen01|{\"rateRps\": 4}|200",
        "DELETE|/v1/usage-plans/planopen01||204",
        "PUT|/v1/stages/weather001:forecast01:wfcstbeta1/usage-plans/planopen01||200",
        "DELETE|/v1/stages/weather001:forecast01:wfcstprod1/usage-plans/planfree01||204",
        "PUT|/v1/stages/wfcstprod1/api-keys/keyacme001/usage-plan"
            + "|{\"usagePlanId\": \"planfree01\"}|200",
        "PUT|/v1/stages/wfcstbeta1/default-limits|{\"rateRps\": 3}|200",
      })
  void secondTime_hasNoEffectAndTheAnswerOfTheFirst(
      String method, String path, String body, int status) {
    Response first = send(method, path, body, '"' + key + '"');
    first.then().statusCode(status).header("Idempotency-Replayed", nullValue());
    int calls = sandbox.calls();

    Response second = send(method, path, body, key);

    second.then().statusCode(status).header("Idempotency-Replayed", "true");
    assertSame(first, second);
    assertThat(sandbox.ledger()).hasSize(1);
    // Stage references may be looked up; the target is not.
    assertThat(sandbox.calls()).isLessThanOrEqualTo(calls + 1);
  }

  @Test
  void unchanged_claimsTheKeyToo() {
    String attached = "/v1/stages/weather001:forecast01:wfcstprod1/usage-plans/planfree01";
    Response first = send("PUT", attached, null, key);
    first.then().statusCode(200).header("Operation-Outcome", "unchanged");

    assertSame(first, send("PUT", attached, null, key));
    problem(send("DELETE", attached, null, key), 422, "idempotency-key-reused");
    assertThat(sandbox.ledger()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|/v1/usage-plans/planopen01|{\"usagePlanName\": \"Open\", \"rateRps\": 4}|",
        "PUT|/v1/usage-plans/planfree01|{\"usagePlanName\": \"Open\", \"rateRps\": 3}|",
        "PATCH|/v1/usage-plans/planopen01|{\"usagePlanName\": \"Open\", \"rateRps\": 3}|",
        "PUT|/v1/usage-plans/planopen01|{\"usagePlanName\": \"Open\", \"rateRps\": 3}|*",
        "DELETE|/v1/usage-plans/planopen01||",
        "POST|/v1/usage-plans|{\"usagePlanName\": \"Open\", \"rateRps\": 3}|",
      })
  void anotherPayload_is422(String method, String path, String body, String ifMatch) {
    Response first = send("PUT", OPEN, "{\"usagePlanName\": \"Open\", \"rateRps\": 3}", key);
    RequestSpecification other = request(method, body, key);

    Response answer =
        (ifMatch == null ? other : other.header("If-Match", ifMatch)).request(method, path);

    problem(answer, 422, "idempotency-key-reused")
        .body("operationId", equalTo(first.header("Operation-Id")))
        .body("retryable", equalTo(false));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void manyAtOnce_haveOneEffect() throws Exception {
    List<Callable<Response>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(() -> send("POST", PLANS, "{\"usagePlanName\": \"Once\"}", key));
    }
    List<Response> answers = together(all);

    assertThat(sandbox.ledger()).hasSize(1);
    assertThat(answers).extracting(Response::statusCode).contains(201).isSubsetOf(201, 409);
    assertThat(answers)
        .filteredOn(a -> a.statusCode() == 201 && a.header("Idempotency-Replayed") == null)
        .hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.statusCode() == 409)
        .allMatch(a -> a.path("code").equals("idempotency-key-in-progress"));
    assertThat(answers)
        .extracting(a -> a.header("Operation-Id"))
        .containsOnly(answers.get(0).header("Operation-Id"));
  }

  @Test
  void manyPayloadsAtOnce_haveOneEffect() throws Exception {
    List<Callable<Response>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String body = "{\"usagePlanName\": \"Any %d\"}".formatted(i);
      all.add(() -> send("POST", PLANS, body, key));
    }
    List<Response> answers = together(all);

    assertThat(sandbox.ledger()).hasSize(1);
    assertThat(answers)
        .extracting(Response::statusCode)
        .containsOnly(201, 422)
        .containsOnlyOnce(201);
  }

  @Test
  void lostChange_isInProgressThenUnknownThenFreeAgain() {
    String edit = "{\"usagePlanName\": \"Open\", \"rateRps\": 9}";
    sandbox.misbehave(List.of(Map.of("fault", "never-answer", "match", "edit-plan")));
    CompletableFuture<Response> first =
        CompletableFuture.supplyAsync(() -> send("PUT", OPEN, edit, key));
    Awaitility.await().until(() -> sandbox.fired().get(0) > 0);

    ValidatableResponse meanwhile =
        problem(send("PUT", OPEN, edit, key), 409, "idempotency-key-in-progress")
            .header("Retry-After", "1")
            .body("retryable", equalTo(true));

    String id = first.join().header("Operation-Id");
    meanwhile.header("Location", endsWith("/v1/operations/" + id)).body("operationId", equalTo(id));
    problem(first.join(), 504, "outcome-unknown").body("retryable", equalTo(true));
    problem(send("PUT", OPEN, edit, key), 504, "outcome-unknown")
        .header("Location", endsWith("/v1/operations/" + id))
        .header("Idempotency-Replayed", "true")
        .body("retryable", equalTo(true));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> given().get("/v1/operations/" + id).path("outcome").equals("not_applied"));
    sandbox.misbehave(List.of());

    Response again = send("PUT", OPEN, edit, key);

    again.then().statusCode(200).header("Idempotency-Replayed", nullValue());
    assertSame(again, send("PUT", OPEN, edit, key));
    assertThat(sandbox.ledger()).hasSize(1);
  }

  @Test
  void unknownWithoutAKey_mustNotBeSentAgain() {
    sandbox.misbehave(List.of(Map.of("fault", "never-answer", "match", "edit-plan")));

    given()
        .contentType("application/json")
        .body("{\"usagePlanName\": \"Free\", \"rateRps\": 9}")
        .put(PLANS + "/planfree01")
        .then()
        .statusCode(504)
        .body("retryable", equalTo(false));
  }

  @ParameterizedTest
  @CsvSource({"400, 422, upstream-rejected", "429, 503, upstream-throttled"})
  void rejection_isRepeatedEvenIfNcpWouldNowTakeIt(int status, int answer, String code) {
    String edit = "{\"usagePlanName\": \"Open\", \"rateRps\": 6}";
    sandbox.misbehave(List.of(Map.of("fault", "status", "match", "edit-plan", "status", status)));
    Response first = send("PUT", OPEN, edit, key);
    problem(first, answer, code)
        .header("Operation-Outcome", "rejected")
        .body("upstream.status", equalTo(status))
        .body("retryable", equalTo(false));
    sandbox.misbehave(List.of());

    Response second = send("PUT", OPEN, edit, key);

    second.then().statusCode(answer).header("Idempotency-Replayed", "true");
    assertThat(second.asString()).isEqualTo(first.asString());
    assertSame(first, second);
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void refusal_leavesTheKeyFree() {
    problem(send("POST", PLANS, "{\"usagePlanName\": \"Free\"}", key), 409, "plan-name-exists");

    send("POST", PLANS, "{\"usagePlanName\": \"Free again\"}", key).then().statusCode(201);
  }

  @Test
  void dryRunsAndReads_doNotUseTheKey() {
    String body = "{\"usagePlanName\": \"Dry\"}";
    request("POST", body, key).queryParam("dryRun", true).post(PLANS).then().statusCode(200);
    given().header("Idempotency-Key", "\"no key").get(OPEN).then().statusCode(200);

    send("POST", PLANS, body, key)
        .then()
        .statusCode(201)
        .header("Idempotency-Replayed", nullValue());

    request("POST", body, key)
        .queryParam("dryRun", true)
        .post(PLANS)
        .then()
        .statusCode(409)
        .body("code", equalTo("plan-name-exists"));
  }

  @Test
  void badKeys_are400() {
    for (String bad : List.of("\"a", "a b", "a, b", "\"\"", "x".repeat(256))) {
      problem(send("DELETE", OPEN, null, bad), 400, "invalid-parameter")
          .body("field", equalTo("Idempotency-Key"));
    }
    problem(given().header("Idempotency-Key", "a", "b").delete(OPEN), 400, "invalid-parameter")
        .body("field", equalTo("Idempotency-Key"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void operation_isFoundByItsKey() {
    String id = send("DELETE", OPEN, null, key).header("Operation-Id");

    find(key).body("items.operationId", contains(id)).body("next", nullValue());
    find('"' + key + '"').body("items", hasSize(1)).body("items[0].requestId", notNullValue());
    find("never-sent").body("items", empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|requestId",
        "?requestId=a&idempotencyKey=b|requestId",
        "?idempotencyKey=a%20b|idempotencyKey",
        "?idempotencyKey=a&cursor=AQAAAAAAAAAB|cursor",
      })
  void findingWithoutOneName_is400(String query, String field) {
    given()
        .urlEncodingEnabled(false)
        .get("/v1/operations" + (query == null ? "" : query))
        .then()
        .statusCode(400)
        .body("field", equalTo(field));
  }

  private static ValidatableResponse find(String key) {
    return given().queryParam("idempotencyKey", key).get("/v1/operations").then().statusCode(200);
  }

  private static List<Response> together(List<Callable<Response>> all) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(MANY);
    try {
      List<Response> answers = new ArrayList<>();
      for (Future<Response> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertSame(Response first, Response second) {
    assertThat(second.statusCode()).isEqualTo(first.statusCode());
    assertThat(second.asString()).isEqualTo(first.asString());
    for (String header :
        List.of(
            "Location",
            "ETag",
            "Content-Type",
            "Operation-Id",
            "Operation-Outcome",
            "Retry-After")) {
      assertThat(second.header(header)).as(header).isEqualTo(first.header(header));
    }
  }

  private static ValidatableResponse problem(Response answer, int status, String code) {
    return answer.then().statusCode(status).body("code", equalTo(code));
  }

  private static Response send(String method, String path, String body, String key) {
    return request(method, body, key).request(method, path);
  }

  private static RequestSpecification request(String method, String body, String key) {
    RequestSpecification request = given().header("Idempotency-Key", key);
    return body == null
        ? request
        : request
            .contentType(
                method.equals("PATCH")
                    ? "application/merge-patch+json; charset=utf-8"
                    : "application/json")
            .body(body);
  }
}
