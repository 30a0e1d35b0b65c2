package io.planwarden.ratelimit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.micrometer.core.instrument.MeterRegistry;
import io.planwarden.app.CapturedLog;
import io.planwarden.app.OtherAddress;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(CallerLimitTest.Limited.class)
class CallerLimitTest {
  private static final String PLAN = "/v1/usage-plans/planfree01";
  private static final int READS = 20;
  private static final int CHANGES = 10;

  @Inject VirtualMeter time;

  @Inject MeterRegistry meters;

  /** 20 reads and 10 changes in ten seconds. */
  public static final class Limited implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "planwarden.storage.path", "target/test-data/limited-${quarkus.uuid}.db",
          "planwarden.ratelimit.reads", "2",
          "planwarden.ratelimit.changes", "1");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(VirtualMeter.class);
    }
  }

  @BeforeEach
  void forget() {
    time.advanceMillis(60_000);
  }

  @Test
  void everyAnswer_tellsWhatIsLeft() {
    given()
        .get(PLAN)
        .then()
        .statusCode(200)
        .header("RateLimit-Policy", "\"reads\";q=20;w=10")
        .header("RateLimit", "\"reads\";r=19;t=10");
    given().get("/v1/usage-plans/none").then().statusCode(404).header("RateLimit", left(18));
    given().get("/v1/usage-plans?limit=x").then().statusCode(400).header("RateLimit", left(17));
    given().get("/v1/nothing").then().statusCode(404).header("RateLimit", left(16));
    change("{").then().statusCode(400).header("RateLimit", "\"changes\";r=9;t=10");
  }

  @Test
  void whatIsNotTheApi_isNotCounted() {
    given().get("/problems/too-many-requests").then().header("RateLimit", nullValue());
    given().get("/q/openapi").then().header("RateLimit", nullValue());
  }

  @Test
  void moreThanTheLimit_isRefusedUntilTheTimeThatIsToldAndNotLonger() {
    for (int i = 0; i < READS; i++) {
      given().get(PLAN).then().statusCode(200);
    }
    time.advanceMillis(3_400);

    given()
        .get(PLAN)
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", "7")
        .header("RateLimit-Policy", "\"reads\";q=20;w=10")
        .header("RateLimit", "\"reads\";r=0;t=7")
        .body("code", equalTo("too-many-requests"))
        .body("retryable", equalTo(true))
        .body("detail", containsString("More than 20 reads within 10 s."));
    time.advanceMillis(6_500);
    given().get(PLAN).then().statusCode(429).header("Retry-After", "1");
    time.advanceMillis(100);
    given().get(PLAN).then().statusCode(200);
  }

  @Test
  void changesBeyondTheLimit_areRefusedBeforeTheirBodyIsRead() {
    for (int i = 0; i < CHANGES; i++) {
      change("{").then().statusCode(400);
    }

    change("{").then().statusCode(429);
    change("x".repeat(100_000)).then().statusCode(429);
    given().get(PLAN).then().statusCode(200);
  }

  @Test
  void oneCaller_doesNotUseUpAnothers() throws UnknownHostException {
    for (int i = 0; i <= READS; i++) {
      given().get(PLAN);
    }
    given().get(PLAN).then().statusCode(429);

    OtherAddress.from("127.0.0.2").get(PLAN).then().statusCode(200).header("RateLimit", left(19));
  }

  @Test
  void refusal_isCountedAndLoggedAndNotAudited() {
    try (CapturedLog log = new CapturedLog()) {
      int audited = audited();
      double refused = refused();
      for (int i = 0; i < 3 * CHANGES; i++) {
        given().header("X-Request-Id", "req-" + i).delete(PLAN + "x");
      }

      assertThat(log.lines().stream().filter(l -> l.contains("caller over its limit"))).hasSize(1);
      assertThat(log.lines()).anyMatch(l -> l.contains("caller=peer:127.0.0.1 limit=changes"));
      assertThat(audited() - audited).isZero();
      assertThat(refused() - refused).isEqualTo(2 * CHANGES);
      assertThat(meters.get("planwarden.ratelimit.buckets").gauge().value()).isPositive();
    }
  }

  private double refused() {
    return meters.get("planwarden.ratelimit.refused").tag("limit", "changes").counter().count();
  }

  private static String left(int requests) {
    return "\"reads\";r=" + requests + ";t=10";
  }

  private static Response change(String body) {
    return given().contentType("application/json").body(body).post("/v1/usage-plans");
  }

  private static int audited() {
    return given().get("/v1/audit?limit=200").jsonPath().getList("items").size();
  }
}
