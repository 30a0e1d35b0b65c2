package io.planwarden.ncp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.planwarden.ncp.FakeNcp.CALL;
import static io.planwarden.ncp.FakeNcp.failure;
import static io.planwarden.ncp.FakeNcp.result;
import static io.planwarden.ncp.Samples.PAGE;
import static io.planwarden.ncp.Samples.PLAN;
import static io.planwarden.ncp.Samples.PLAN_JSON;
import static io.planwarden.ncp.Samples.STAGE;
import static io.planwarden.ncp.Samples.STAGE_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.gateway.Api;
import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.PlanSummary;
import io.planwarden.gateway.Product;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Stage;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryWireTest {
  private static final Query<?> GET_PLAN = new Query.GetPlan("plan1wthl9");

  @RegisterExtension static final FakeNcp NCP = new FakeNcp();

  /** A query, how it must look on the wire, NCP's answer to it and what that answer holds. */
  record Sample(
      Query<?> query, String method, String target, String body, String answer, Object holds) {}

  private static Sample get(Query<?> query, String target, String answer, Object holds) {
    return new Sample(query, "GET", target, "", answer, holds);
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            new Query.SearchPlans(null, new Paging(0, 200)),
            "POST",
            "/api/v1/usage-plans/search",
            "{\"offset\":0,\"limit\":200}",
            "{\"initialCount\":9,\"total\":\"7\",\"usagePlans\":[" + PLAN_JSON + "]}",
            new Page<>(List.of(PLAN), 7)),
        new Sample(
            new Query.SearchPlans("기본 plan", new Paging(200, 50)),
            "POST",
            "/api/v1/usage-plans/search",
            "{\"usagePlanName\":\"기본 plan\",\"offset\":200,\"limit\":50}",
            "{\"total\":0}",
            new Page<>(List.of(), 0)),
        get(GET_PLAN, "/api/v1/usage-plans/plan1wthl9", "{\"usagePlan\":" + PLAN_JSON + "}", PLAN),
        get(
            new Query.StagesOfPlan("plan1wthl9", PAGE),
            "/api/v1/usage-plans/plan1wthl9/stages?offset=0&limit=50",
            """
            {"total":1,"usagePlan":{"rateRps":2},"stages":[{"productId":"p","productName":"pn",
             "apiId":"a","apiName":"an","stageId":"s","stageName":"sn"}]}""",
            new Page<>(List.of(new PlanStage("p", "pn", "a", "an", "s", "sn")), 1)),
        get(
            new Query.PlansByStage("abcd1efgh2", true, new Paging(0, 20)),
            "/api/v1/usage-plans?stageId=abcd1efgh2&associated=true&offset=0&limit=20",
            """
            {"total":3,"usagePlans":[{"usagePlanId":"u","usagePlanName":"n",
             "associatedStagesCount":"4","domainCode":"PUB","disabled":false}]}""",
            new Page<>(List.of(new PlanSummary("u", "n", 4L, "PUB")), 3)),
        get(
            new Query.PlansByStage("abcd1efgh2", false, PAGE),
            "/api/v1/usage-plans?stageId=abcd1efgh2&associated=false&offset=0&limit=50",
            "{\"total\":0,\"usagePlans\":[]}",
            new Page<>(List.of(), 0)),
        get(
            new Query.PlansOfStage(STAGE, PAGE),
            STAGE_PATH + "/usage-plans?offset=0&limit=50",
            "{\"total\":1,\"rateRps\":2,\"dayQuotaRequest\":5,\"monthQuotaRequest\":10,"
                + "\"quotaCondition\":\"2xx\",\"content\":["
                + PLAN_JSON
                + "]}",
            new StagePlans(Samples.LIMITS, new Page<>(List.of(PLAN), 1))),
        get(
            new Query.PlansOfStage(STAGE, PAGE),
            STAGE_PATH + "/usage-plans?offset=0&limit=50",
            "{\"total\":0,\"content\":[]}",
            new StagePlans(new Limits(null, null, null, null), new Page<>(List.of(), 0))),
        get(
            new Query.DefaultLimits(STAGE),
            STAGE_PATH + "/usage-plans?offset=0&limit=1",
            "{\"total\":0,\"rateRps\":2,\"dayQuotaRequest\":5,\"monthQuotaRequest\":10,"
                + "\"quotaCondition\":\"2xx\",\"content\":[]}",
            Samples.LIMITS),
        get(
            new Query.StagesOfApi("prod1ksk90", "api0151hs2"),
            "/api/v1/products/prod1ksk90/apis/api0151hs2/stages",
            """
            {"host":"https://h","stages":[{"stageId":"s","stageName":"sn","isCanary":false}]}""",
            List.of(new Stage("s", "sn", null, null))),
        get(
            new Query.Subscriptions("prod1ksk90", "key1abcd23", null, PAGE),
            "/api/v1/products/prod1ksk90/subscription-detail?apiKeyId=key1abcd23&offset=0&limit=50",
            """
            {"apiKeyRelations":{"total":1,"content":[{"apiId":"a","apiName":"an","stageId":"s",
             "stageName":"sn","apiKeyId":"k","apiKeyName":"kn","usagePlanId":"u",
             "usagePlanName":"un","dayCallCount":3,"monthCallCount":"4","dailyUsage":1.5,
             "regTime":"2000-01-23T04:56:07.000+00:00","modTime":"2024-05-07T08:34:37Z",
             "domainCode":"PUB"}]}}""",
            new Page<>(
                List.of(
                    new Subscription(
                        "a",
                        "an",
                        "s",
                        "sn",
                        "k",
                        "kn",
                        "u",
                        "un",
                        3L,
                        4L,
                        "2000-01-23T04:56:07.000+00:00",
                        "2024-05-07T08:34:37Z",
                        "PUB")),
                1)),
        get(
            new Query.Subscriptions("prod1ksk90", "key1abcd23", "stg1fh5o12", PAGE),
            "/api/v1/products/prod1ksk90/subscription-detail"
                + "?apiKeyId=key1abcd23&stageId=stg1fh5o12&offset=0&limit=50",
            "{\"apiKeyRelations\":{\"total\":0,\"content\":[]}}",
            new Page<>(List.of(), 0)),
        get(
            new Query.Products(PAGE),
            "/api/v1/products?offset=0&limit=50",
            """
            {"initialCount":1,"productPage":{"total":1,"content":[{"productId":"p",
             "productName":"pn","productDescription":"pd","subscriptionCode":"PUBLIC",
             "isPublished":true,"hasDeployedStage":false,"domainCode":"PUB","isDeleted":false}]}}""",
            new Page<>(List.of(new Product("p", "pn", "pd", "PUBLIC", true, false, "PUB")), 1)),
        get(
            new Query.Apis("prod1ksk90", PAGE),
            "/api/v1/products/prod1ksk90/apis?offset=0&limit=50&withStage=true",
            """
            {"total":1,"apis":[{"apiId":"a","apiName":"an","apiDescription":"ad","productId":"p",
             "stages":[{"stageId":"s","stageName":"sn","isCanary":false}]}]}""",
            new Page<>(
                List.of(new Api("a", "an", "ad", "p", List.of(new Stage("s", "sn", null, null)))),
                1)),
        new Sample(
            new Query.ApiKeys("prod1ksk90", PAGE),
            "POST",
            "/api/v1/products/prod1ksk90/api-keys/search",
            "{\"offset\":0,\"limit\":50}",
            """
            {"apiKeyPage":{"total":1,"content":[{"apiKeyId":"k","apiKeyName":"kn",
             "primaryKey":"hidden1","secondaryKey":"hidden2","status":"ACCEPTED",
             "domainCode":"PUB","regTime":"r","modTime":"m"}]}}""",
            new Page<>(List.of(new ApiKey("k", "kn", "ACCEPTED", "PUB", "r", "m")), 1)));
  }

  @Test
  void theSamples_haveEveryKindOfQuery() {
    assertThat(samples().<Object>map(sample -> sample.query().getClass()))
        .contains((Object[]) Query.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aQuery_isSentExactlySo(Sample sample) {
    NCP.answers(200, sample.answer());

    Object found = result(NCP.gateway().read(sample.query(), CALL));

    var request = NCP.received();
    assertThat(request.getMethod().getName()).isEqualTo(sample.method());
    assertThat(request.getUrl()).isEqualTo(sample.target());
    assertThat(request.getBodyAsString()).isEqualTo(sample.body());
    assertThat(request.getHeader("Accept")).isEqualTo("application/json");
    assertThat(request.containsHeader("Accept-Encoding")).isFalse();
    assertThat(found).isEqualTo(sample.holds());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSuccessWithoutWhatWasAsked_isUnreadable(Sample sample) {
    NCP.answers(200, "{}");

    assertUnreadable(failure(NCP.gateway().read(sample.query(), CALL)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "<html>",
        "{\"usagePlan\":{\"usagePlanId\":\"plan1wthl9\"",
        "{\"usagePlan\":{\"usagePlanId\":\"plan1wthl9\"}} <!-- -->",
        "{\"usagePlan\":{}}",
        "{\"usagePlan\":{\"usagePlanId\":\"another0id\"}}",
        "{\"error\":{\"errorCode\":\"300\"}}"
      })
  void aPlanThatCannotBeRead_isUnreadable(String body) {
    NCP.answers(200, body);

    assertUnreadable(failure(NCP.gateway().read(GET_PLAN, CALL)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"usagePlans\":[{\"usagePlanId\":\"a\"}]}",
        "{\"total\":1}",
        "{\"total\":1,\"usagePlans\":null}",
        "{\"total\":1,\"usagePlans\":[null]}",
        "{\"total\":-1,\"usagePlans\":[]}"
      })
  void aListThatMayHaveLostItems_isUnreadable(String body) {
    NCP.answers(200, body);

    assertUnreadable(failure(NCP.gateway().read(new Query.SearchPlans(null, PAGE), CALL)));
  }

  @Test
  void aCompressedAnswer_isUnreadable() {
    NCP.answers(
        aResponse()
            .withBody("{\"usagePlan\":" + PLAN_JSON + "}")
            .withHeader("Content-Encoding", "deflate"));

    assertUnreadable(failure(NCP.gateway().read(GET_PLAN, CALL)));
  }

  @Test
  void anUnreadableListOfKeys_isNotQuoted() {
    NCP.answers(200, "{\"apiKeyPage\":{\"content\":[{\"primaryKey\": hiddenValue1 }]}}");

    UpstreamFailure failure =
        failure(NCP.gateway().read(new Query.ApiKeys("prod1ksk90", PAGE), CALL));

    assertThat(failure).hasMessageNotContaining("hiddenValue1").hasNoCause();
  }

  static Stream<Query<?>> queriesWithAnIdThatIsNone() {
    return Stream.of(
        new Query.GetPlan("../stages"),
        new Query.StagesOfPlan("", PAGE),
        new Query.PlansByStage("a&b=c", true, PAGE),
        new Query.PlansOfStage(new StageRef("a/b", "c", "d"), PAGE),
        new Query.DefaultLimits(new StageRef("a", "b", "플랜")),
        new Query.Subscriptions("prod1ksk90", "k&", null, PAGE),
        new Query.Subscriptions("prod1ksk90", "key1abcd23", "s&", PAGE),
        new Query.Apis("a?", PAGE),
        new Query.ApiKeys("abcdefghij1", PAGE));
  }

  @ParameterizedTest
  @MethodSource("queriesWithAnIdThatIsNone")
  void anIdThatIsNone_throwsAtOnce(Query<?> query) {
    assertThatThrownBy(() -> NCP.gateway().read(query, CALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(NCP.server().getAllServeEvents()).isEmpty();
  }

  private static void assertUnreadable(UpstreamFailure failure) {
    assertThat(failure.kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_UNREADABLE);
    assertThat(failure.status()).isEqualTo(200);
  }
}
