package io.planwarden.usageplan;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.planwarden.app.WireMockNcp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WireMockNcp.Profile.class)
class MisbehaviourTest {
  private static final String COUNTED = "{\"total\": 3, \"stages\": []}";

  private static int plans;

  // Another plan for each test: an unsettled change holds its target for a while.
  private final String id = "plan%06d".formatted(plans++);
  private final String plan = "/api/v1/usage-plans/" + id;
  private final String before = body(1);
  private final String after = body(2);

  WireMockServer ncp;

  @ConfigProperty(name = "quarkus.management.test-port")
  int managementPort;

  @BeforeEach
  void reset() {
    ncp.resetAll();
    ncp.stubFor(get(urlEqualTo(plan)).willReturn(json(200, before)));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 100, 422, upstream-rejected",
    "401, 200, 502, upstream-credentials-rejected",
    "401, 210, 502, upstream-permission-denied",
    "403, 230, 502, upstream-permission-denied",
    "404, 300, 404, upstream-not-found",
    "429, 400, 503, upstream-quota-exhausted",
    "429, 410, 503, upstream-throttled",
  })
  void refusal_isRejectedAndOnRecordAsSuch(int status, String code, int answer, String problem) {
    ncp.stubFor(put(urlEqualTo(plan)).willReturn(error(status, code)));

    ValidatableResponse response = edit();

    response
        .statusCode(answer)
        .contentType("application/problem+json")
        .header("Operation-Outcome", "rejected")
        .body("code", equalTo(problem))
        .body("upstream.status", equalTo(status))
        .body("upstream.code", equalTo(code))
        .body("detail", containsString("the message"));
    operation(response).body("outcome", equalTo("rejected")).body("after.rateRps", equalTo(1));
  }

  @ParameterizedTest
  @CsvSource({"400, false, 300", "410, true, 1"})
  void refusalWithoutAHint_isToBeTriedAgainSoonOnlyIfItPasses(
      String code, boolean passes, String seconds) {
    ncp.stubFor(put(urlEqualTo(plan)).willReturn(error(429, code)));
    edit().statusCode(503).header("Retry-After", seconds).body("retryable", equalTo(passes));

    ncp.stubFor(get(urlEqualTo(plan)).willReturn(error(429, code)));
    when()
        .get("/v1/usage-plans/" + id)
        .then()
        .statusCode(503)
        .header("Retry-After", seconds)
        .body("retryable", equalTo(passes));
  }

  @Test
  void usedUpQuota_withAHintOfNcp_isToBeTriedAgainWhenNcpSays() {
    ncp.stubFor(put(urlEqualTo(plan)).willReturn(error(429, "400").withHeader("Retry-After", "7")));

    edit().statusCode(503).header("Retry-After", "7");
  }

  @ParameterizedTest
  @CsvSource({"503, 500", "500, 900", "504, 510"})
  void serverFault_withTheOldStateStillThere_isNotGuessed(int status, String code) {
    ncp.stubFor(put(urlEqualTo(plan)).willReturn(error(status, code)));

    ValidatableResponse response = edit();

    response
        .statusCode(504)
        .header("Operation-Outcome", "unknown")
        .header("Location", startsWith("/v1/operations/"))
        .body("code", equalTo("outcome-unknown"))
        .body("retryable", equalTo(false));
    operation(response).body("status", equalTo("pending")).body("outcome", equalTo("unknown"));
  }

  /** Where all else that is on record of that time is somebody else's. */
  @Test
  void whatIsOpenForLongest_isNamedByHealthAndCanBeAskedFor() {
    ncp.stubFor(put(urlEqualTo(plan)).willReturn(error(504, "510")));
    edit().statusCode(504);

    Awaitility.await()
        .untilAsserted(
            () ->
                when()
                    .get("/v1/operations/{id}", String.valueOf(oldestOpenOperation()))
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("pending")));
  }

  private String oldestOpenOperation() {
    return given()
        .port(managementPort)
        .get("/q/health/ready")
        .jsonPath()
        .getString("checks.find { it.name == 'audit' }.data.oldestOpenOperation");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void lostAnswer_withTheNewStateThere_isApplied(Fault fault) {
    becomes(after, aResponse().withFault(fault));

    edit().statusCode(200).header("Operation-Outcome", "applied").body("rateRps", equalTo(2));
  }

  @Test
  void htmlFaultPage_isNotShownToTheCaller() {
    ncp.stubFor(
        put(urlEqualTo(plan))
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withHeader("Content-Type", "text/html")
                    .withBody("<html><script>alert(1)</script></html>")));

    edit().statusCode(422).body("detail", not(containsString("script")));
  }

  @Test
  void emptyAnswerToAnEdit_isReadBack() {
    becomes(after, aResponse().withStatus(200));

    edit().statusCode(200).header("Operation-Outcome", "applied").body("rateRps", equalTo(2));
  }

  @Test
  void answerThatDoesNotShowTheEdit_isReadBack() {
    becomes(after, json(200, before));

    edit().statusCode(200).header("Operation-Outcome", "applied").body("rateRps", equalTo(2));
  }

  @Test
  void textThatIsCleared_needNotBeShown() {
    becomes(after, json(200, after));

    given()
        .contentType("application/json")
        .body("{\"usagePlanName\": \"A\", \"usagePlanDescription\": \"\", \"rateRps\": 2}")
        .put("/v1/usage-plans/" + id)
        .then()
        .statusCode(200)
        .header("Operation-Outcome", "applied");
  }

  @Test
  void stagesThatAreCountedAndNotListed_areNotTakenForNone() {
    ncp.stubFor(get(urlPathEqualTo(plan + "/stages")).willReturn(json(200, COUNTED)));

    when()
        .delete("/v1/usage-plans/" + id)
        .then()
        .statusCode(502)
        .body("code", equalTo("upstream-unreadable"))
        .body("detail", containsString("counts 3 and lists 0"));
    ncp.verify(0, deleteRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "abcdefghij1"})
  void stageThatNcpCannotBeAskedAbout_keepsACascadeFromBeginning(String stageId) {
    ncp.stubFor(
        get(urlPathEqualTo(plan + "/stages"))
            .willReturn(
                json(
                    200,
                    """
                    {"total": 1, "stages": [
                      {"productId": "prod1", "apiId": "api1", "stageId": "%s"}]}"""
                        .formatted(stageId))));

    when()
        .delete("/v1/usage-plans/" + id + "?cascade=true")
        .then()
        .statusCode(502)
        .header("Operation-Outcome", "refused")
        .body("code", equalTo("upstream-unreadable"));
    ncp.verify(0, postRequestedFor(anyUrl()));
    ncp.verify(0, deleteRequestedFor(anyUrl()));
  }

  @Test
  void edit_acceptedButNotShown_isNotInEffect() {
    ncp.stubFor(put(urlEqualTo(plan)).willReturn(aResponse().withStatus(204)));

    edit()
        .statusCode(504)
        .body("code", equalTo("not-in-effect"))
        .header("Operation-Outcome", "unknown");
  }

  @Test
  void lostAnswerToACreate_isAdoptedFromTheOneNewPlan() {
    String search = "/api/v1/usage-plans/search";
    ncp.stubFor(
        post(urlEqualTo(search))
            .inScenario("create")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(json(200, "{\"total\": 0, \"usagePlans\": []}")));
    ncp.stubFor(
        post(urlEqualTo("/api/v1/usage-plans"))
            .inScenario("create")
            .willSetStateTo("created")
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    ncp.stubFor(
        post(urlEqualTo(search))
            .inScenario("create")
            .whenScenarioStateIs("created")
            .willReturn(
                json(
                    200,
                    """
                    {"total": 1, "usagePlans": [
                      {"usagePlanId": "newplan001", "usagePlanName": "New", "rateRps": 3}]}""")));

    given()
        .contentType("application/json")
        .body("{\"usagePlanName\": \"New\", \"rateRps\": 3}")
        .post("/v1/usage-plans")
        .then()
        .statusCode(201)
        .header("Operation-Outcome", "adopted")
        .header("Location", "/v1/usage-plans/newplan001");
  }

  @Test
  void delete_acceptedWhileThePlanIsStillShown_isNotInEffect() {
    ncp.stubFor(delete(urlEqualTo(plan)).willReturn(aResponse().withStatus(204)));

    when()
        .delete("/v1/usage-plans/" + id)
        .then()
        .statusCode(504)
        .body("code", equalTo("not-in-effect"));
  }

  @ParameterizedTest
  @CsvSource({
    "404, usage-plan-not-found, 404",
    "500, upstream-failed, 502",
    "401, upstream-credentials-rejected, 502",
  })
  void refusedRead_isAProblemOfItsOwn(int status, String problem, int answer) {
    ncp.stubFor(get(anyUrl()).willReturn(error(status, "300")));

    when()
        .get("/v1/usage-plans/" + id)
        .then()
        .statusCode(answer)
        .contentType("application/problem+json")
        .body("code", equalTo(problem));
  }

  @Test
  void slowRead_isATimeout() {
    ncp.stubFor(get(anyUrl()).willReturn(json(200, before).withFixedDelay(5_000)));

    when()
        .get("/v1/usage-plans/" + id)
        .then()
        .statusCode(504)
        .body("code", equalTo("upstream-timeout"));
  }

  @Test
  void beforeImageThatCannotBeRead_stopsTheChange() {
    ncp.stubFor(get(urlEqualTo(plan)).willReturn(error(500, "900")));

    edit().statusCode(502).body("code", equalTo("upstream-failed"));
    ncp.verify(0, putRequestedFor(anyUrl()));
  }

  /** The edit gets this answer, and reads show the new state from then on. */
  private void becomes(String after, ResponseDefinitionBuilder answer) {
    ncp.stubFor(
        put(urlEqualTo(plan)).inScenario("edit").willSetStateTo("edited").willReturn(answer));
    ncp.stubFor(
        get(urlEqualTo(plan))
            .inScenario("edit")
            .whenScenarioStateIs("edited")
            .willReturn(json(200, after)));
  }

  private ValidatableResponse edit() {
    return given()
        .contentType("application/json")
        .body("{\"usagePlanName\": \"A\", \"rateRps\": 2}")
        .put("/v1/usage-plans/" + id)
        .then();
  }

  private static ValidatableResponse operation(ValidatableResponse answer) {
    return when()
        .get("/v1/operations/{id}", answer.extract().header("Operation-Id"))
        .then()
        .statusCode(200);
  }

  private String body(int rate) {
    return """
        {"usagePlan": {"usagePlanId": "%s", "usagePlanName": "A", "rateRps": %d}}"""
        .formatted(id, rate);
  }

  private static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  private static ResponseDefinitionBuilder error(int status, String code) {
    return json(
        status,
        "{\"error\": {\"errorCode\": \"%s\", \"message\": \"the message\"}}".formatted(code));
  }
}
