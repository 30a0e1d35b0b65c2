package io.planwarden.usageplan;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that are still attached: not deleted, or detached first. */
@QuarkusTest
class DeleteInOrderTest {
  private static final String PLAN = "/v1/usage-plans/planfree01";
  private static final String CASCADE = PLAN + "?cascade=true";

  @Inject SandboxClient sandbox;

  @ParameterizedTest
  @ValueSource(strings = {"allow", "refuse"})
  void attachedPlan_isNotDeletedWhateverNcpWouldDo(String deleteAttached) {
    sandbox.set("deleteAttached", deleteAttached);

    when()
        .delete(PLAN)
        .then()
        .statusCode(409)
        .header("Operation-Outcome", "refused")
        .body("code", equalTo("plan-in-use"))
        .body("attachedStages.stageId", containsInAnyOrder("wfcstprod1", "mtileprod1"))
        .body("attachedStages.stageName", containsInAnyOrder("prod", "prod"))
        .body("attachedStages.productName", containsInAnyOrder("Weather", "Maps"))
        .body("attachedStages.apiName", containsInAnyOrder("forecast", "tiles"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow", "refuse"})
  void cascade_detachesEverywhereAndThenDeletes(String deleteAttached) {
    sandbox.set("deleteAttached", deleteAttached);

    String operationId =
        given()
            .header("X-Request-Id", "cascade-" + deleteAttached)
            .delete(CASCADE)
            .then()
            .statusCode(204)
            .header("Operation-Outcome", "applied")
            .extract()
            .header("Operation-Id");

    assertThat(kinds()).containsExactly("detach-plan", "detach-plan", "delete-plan");
    JsonPath operations =
        when().get("/v1/operations?requestId=cascade-" + deleteAttached).jsonPath();
    assertThat(operations.getList("items.action"))
        .containsExactly("detach-stage", "detach-stage", "delete-plan");
    assertThat(operations.getList("items.parentOperationId"))
        .containsExactly(operationId, operationId, null);
    assertThat(operations.getList("items.outcome")).containsOnly("applied");
    when()
        .get("/v1/operations/" + operationId)
        .then()
        .body("request.cascade", equalTo(true))
        .body("before.stages.stageId", containsInAnyOrder("wfcstprod1", "mtileprod1"))
        .body("after", nullValue());
  }

  @Test
  void cascadeThatStopsHalfWay_goesOnWhenItIsRunAgain() {
    sandbox.misbehave(
        List.of(Map.of("fault", "status", "match", "detach-plan", "after", 1, "status", 400)));

    JsonPath stopped =
        when()
            .delete(CASCADE)
            .then()
            .statusCode(422)
            .header("Operation-Outcome", "not_applied")
            .body("code", equalTo("upstream-rejected"))
            .body("stoppedAt", matchesPattern("[0-9A-Z]{26}"))
            .extract()
            .jsonPath();
    assertThat(stopped.getString("stoppedAt")).isNotEqualTo(stopped.getString("operationId"));
    assertThat(kinds()).containsExactly("detach-plan");
    when()
        .get("/v1/operations/" + stopped.getString("operationId"))
        .then()
        .body("status", equalTo("settled"))
        .body("outcome", equalTo("not_applied"))
        .body("after.stages.size()", equalTo(1));

    sandbox.misbehave(List.of());
    when().delete(CASCADE).then().statusCode(204).header("Operation-Outcome", "applied");

    assertThat(kinds()).containsExactly("detach-plan", "detach-plan", "delete-plan");
    assertThat(sandbox.ledger().subList(0, 2)).extracting("path").doesNotHaveDuplicates();
  }

  @Test
  void dryRun_showsTheStagesThatWouldBeDetached() {
    when()
        .delete(CASCADE + "&dryRun=true")
        .then()
        .statusCode(200)
        .header("Operation-Id", nullValue())
        .body("before.stages.stageId", containsInAnyOrder("wfcstprod1", "mtileprod1"))
        .body("after", nullValue());
    when()
        .delete(PLAN + "?dryRun=true")
        .then()
        .statusCode(409)
        .body("code", equalTo("plan-in-use"));
    assertThat(sandbox.ledger()).isEmpty();
  }

  @Test
  void ifMatch_isForThePlanAsItIsRead() {
    String tag = when().get(PLAN).then().extract().header("ETag");

    given().header("If-Match", "\"old\"").delete(CASCADE).then().statusCode(412);
    assertThat(sandbox.ledger()).isEmpty();
    given().header("If-Match", tag).delete(CASCADE).then().statusCode(204);
  }

  @Test
  void planOnNoStage_needsNoCascade() {
    when().delete("/v1/usage-plans/planopen01").then().statusCode(204);
    when()
        .delete("/v1/usage-plans/nosuchplan?cascade=true")
        .then()
        .statusCode(404)
        .body("code", equalTo("usage-plan-not-found"));
    when()
        .delete(PLAN + "?cascade=yes")
        .then()
        .statusCode(400)
        .body("field", equalTo("cascade"))
        .body("code", not(equalTo("plan-in-use")));
  }

  private List<Object> kinds() {
    return sandbox.ledger().stream().map(row -> row.get("kind")).toList();
  }
}
