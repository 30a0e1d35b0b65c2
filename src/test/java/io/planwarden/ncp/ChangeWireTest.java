package io.planwarden.ncp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.planwarden.ncp.FakeNcp.CALL;
import static io.planwarden.ncp.FakeNcp.failure;
import static io.planwarden.ncp.FakeNcp.result;
import static io.planwarden.ncp.Samples.STAGE;
import static io.planwarden.ncp.Samples.STAGE_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.gateway.Action;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeWireTest {
  private static final Change CREATE = new Change.CreatePlan(Samples.SETTINGS);
  private static final Change EDIT = new Change.EditPlan("plan1wthl9", Samples.SETTINGS);
  private static final String ALL_SETTINGS =
      "{\"usagePlanName\":\"기본 plan\",\"usagePlanDescription\":\"묘사\",\"rateRps\":2,"
          + "\"dayQuotaRequest\":5,\"monthQuotaRequest\":10,\"quotaCondition\":\"2xx\"}";
  private static final String THE_PLAN = "{\"usagePlanId\":\"plan1wthl9\"}";
  private static final String ONE_PLAN = "{\"usagePlan\": " + Samples.PLAN_JSON + "}";

  @RegisterExtension static final FakeNcp NCP = new FakeNcp();

  static Stream<Arguments> changes() {
    PlanSettings nameOnly = Samples.NAME_ONLY;
    return Stream.of(
        Arguments.of(CREATE, "POST", "/api/v1/usage-plans", ALL_SETTINGS),
        Arguments.of(
            new Change.CreatePlan(nameOnly),
            "POST",
            "/api/v1/usage-plans",
            "{\"usagePlanName\":\"기본 plan\"}"),
        Arguments.of(EDIT, "PUT", "/api/v1/usage-plans/plan1wthl9", ALL_SETTINGS),
        Arguments.of(
            new Change.EditPlan("plan1wthl9", nameOnly),
            "PUT",
            "/api/v1/usage-plans/plan1wthl9",
            "{\"usagePlanName\":\"기본 plan\"}"),
        Arguments.of(
            new Change.EditPlan(
                "plan1wthl9",
                nameOnly,
                new TreeSet<>(List.of("rateRps", "dayQuotaRequest", "monthQuotaRequest"))),
            "PUT",
            "/api/v1/usage-plans/plan1wthl9",
            "{\"usagePlanName\":\"기본 plan\",\"dayQuotaRequest\":null,"
                + "\"monthQuotaRequest\":null,\"rateRps\":null}"),
        Arguments.of(
            new Change.DeletePlan("plan1wthl9"), "DELETE", "/api/v1/usage-plans/plan1wthl9", ""),
        Arguments.of(
            new Change.AttachStage(STAGE, "plan1wthl9"),
            "POST",
            STAGE_PATH + "/associate-usage-plan",
            THE_PLAN),
        Arguments.of(
            new Change.DetachStage(STAGE, "plan1wthl9"),
            "POST",
            STAGE_PATH + "/disassociate-usage-plan",
            THE_PLAN),
        Arguments.of(
            new Change.AssignPlan(STAGE, "key1abcd23", "plan1wthl9"),
            "PUT",
            "/api/v1/products/prod1ksk90/api-keys/key1abcd23/stages/stg1fh5o12",
            THE_PLAN),
        Arguments.of(
            new Change.SetDefaultLimits(STAGE, Samples.LIMITS),
            "PUT",
            STAGE_PATH + "/usage-plan",
            "{\"rateRps\":2,\"dayQuotaRequest\":5,\"monthQuotaRequest\":10,"
                + "\"quotaCondition\":\"2xx\"}"),
        Arguments.of(
            new Change.SetDefaultLimits(STAGE, Samples.NO_LIMITS),
            "PUT",
            STAGE_PATH + "/usage-plan",
            "{}"));
  }

  static Stream<Change> changesWithoutAPlanInTheAnswer() {
    return changes().map(row -> (Change) row.get()[0]).filter(change -> !answersAPlan(change));
  }

  private static boolean answersAPlan(Change change) {
    return switch (change.action()) {
      case CREATE_PLAN, EDIT_PLAN -> true;
      case DELETE_PLAN, ATTACH_STAGE, DETACH_STAGE, ASSIGN_PLAN, SET_DEFAULT_LIMITS -> false;
    };
  }

  @Test
  void theCases_haveEveryAction() {
    assertThat(changes().map(row -> ((Change) row.get()[0]).action())).contains(Action.values());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChange_isSentExactlySo(Change change, String method, String target, String body) {
    NCP.answers(200, ONE_PLAN);

    result(NCP.gateway().send(change, CALL));

    var request = NCP.received();
    assertThat(request.getMethod().getName()).isEqualTo(method);
    assertThat(request.getUrl()).isEqualTo(target);
    assertThat(request.getBodyAsString()).isEqualTo(body);
    assertThat(request.getHeader("Content-Type"))
        .isEqualTo(body.isEmpty() ? null : "application/json");
    assertThat(request.getHeader("Accept")).isEqualTo("application/json");
    assertThat(request.containsHeader("Accept-Encoding")).isFalse();
    assertThat(request.containsHeader("Transfer-Encoding")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201})
  void aPlanInTheAnswer_isInTheReceipt(int status) {
    NCP.answers(status, ONE_PLAN);

    Receipt created = result(NCP.gateway().send(CREATE, CALL));
    Receipt edited = result(NCP.gateway().send(EDIT, CALL));

    assertThat(created.plan()).isEqualTo(Samples.PLAN);
    assertThat(edited.plan()).isEqualTo(Samples.PLAN);
    assertThat(created.status()).isEqualTo(status);
    assertThat(created.attempts()).isEqualTo(1);
    assertThat(created.duration()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"200, ''", "204, ''", "200, ' '", "200, {}", "200, '{\"usagePlan\": null}'"})
  void anEditAnsweredWithoutAPlan_isASuccess(int status, String body) {
    NCP.answers(status, body);

    Receipt receipt = result(NCP.gateway().send(EDIT, CALL));

    assertThat(receipt.plan()).isNull();
    assertThat(receipt.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @MethodSource("changesWithoutAPlanInTheAnswer")
  void aChangeThatAnswersNoPlan_succeedsWithAnyBody(Change change) {
    NCP.answers(200, "<html>");

    Receipt receipt = result(NCP.gateway().send(change, CALL));

    assertThat(receipt.plan()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[]",
        "<html>",
        "{\"usagePlan\":{}}",
        "{\"usagePlan\":{\"usagePlanName\":\"a\"}}",
        "{\"usagePlan\":{\"usagePlanId\":\"plan-1\"}}",
        "{\"usagePlan\":{\"usagePlanId\":\"plan1wthl90\"}}",
        "{\"usagePlan\":{\"usagePlanId\":\"plan1"
      })
  void aCreateAnsweredWithoutAnId_isAmbiguous(String body) {
    NCP.answers(201, body);

    assertUnreadable(failure(NCP.gateway().send(CREATE, CALL)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "<html>",
        "{\"usagePlan\":{\"usagePlanId\":\"plan1",
        "{\"usagePlan\":{\"usagePlanId\":\"another0id\"}}",
        "{\"usagePlan\":{\"usagePlanId\":\"plan1wthl9\",\"rateRps\":\"many\"}}"
      })
  void anEditAnsweredWithSomethingElse_isAmbiguous(String body) {
    NCP.answers(200, body);

    assertUnreadable(failure(NCP.gateway().send(EDIT, CALL)));
  }

  @Test
  void aCreateAnsweredCompressed_isAmbiguous() {
    NCP.answers(aResponse().withBody(ONE_PLAN).withHeader("Content-Encoding", "br"));

    assertUnreadable(failure(NCP.gateway().send(CREATE, CALL)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeOnlyAccepted_isAmbiguous(Change change) {
    NCP.answers(202, ONE_PLAN);

    UpstreamFailure failure = failure(NCP.gateway().send(change, CALL));

    assertThat(failure.kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_FAILED);
    assertThat(failure.status()).isEqualTo(202);
  }

  static Stream<Change> changesWithAnIdThatIsNone() {
    StageRef bad = new StageRef("prod1ksk90", "..", "stg1fh5o12");
    return Stream.of(
        new Change.EditPlan("a/b", Samples.SETTINGS),
        new Change.DeletePlan(""),
        new Change.AttachStage(bad, "plan1wthl9"),
        new Change.AttachStage(STAGE, "plan 1"),
        new Change.DetachStage(bad, "plan1wthl9"),
        new Change.AssignPlan(STAGE, "key?", "plan1wthl9"),
        new Change.SetDefaultLimits(bad, Samples.LIMITS));
  }

  @ParameterizedTest
  @MethodSource("changesWithAnIdThatIsNone")
  void anIdThatIsNone_throwsAtOnce(Change change) {
    assertThatThrownBy(() -> NCP.gateway().send(change, CALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(NCP.server().getAllServeEvents()).isEmpty();
  }

  private static void assertUnreadable(UpstreamFailure failure) {
    assertThat(failure.kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_UNREADABLE);
  }
}
