package io.planwarden.training;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import java.util.Map;

/** What callers, and those who watch the service, ask for in a day. */
final class OrdinaryDay {
  private static final String PLANS = "/v1/usage-plans";
  private static final String STAGE = "/v1/stages/weather001:forecast01:wfcstprod1";

  private final Caller api;
  private final Caller management;

  OrdinaryDay(Caller api, Caller management) {
    this.api = api;
    this.management = management;
  }

  void pass(int rounds) {
    for (int round = 0; round < rounds; round++) {
      plan("Day " + round);
    }
    api.get(200, "/v1/audit/verify");
    management.get(200, "/q/health/live");
    management.get(200, "/q/health/ready");
    management.get(200, "/q/metrics");
  }

  /** From its creation to its end. */
  private void plan(String name) {
    api.get(200, PLANS);
    api.send(400, POST, PLANS, "{\"usagePlanName\": \"Tin\", \"rateRps\": \"2\"}", Map.of());
    String id = api.send(201, POST, PLANS, body(name, 2), Map.of()).text("usagePlanId");
    String plan = PLANS + "/" + id;
    String tag = api.get(200, plan).entityTag();
    api.send(304, GET, plan, "", Map.of("If-None-Match", tag));
    api.send(200, PUT, plan + "?dryRun=true", body(name, 3), Map.of());
    api.send(200, PUT, plan, body(name, 3), Map.of("Idempotency-Key", id));
    api.send(412, PATCH, plan, "{\"rateRps\": 4}", Map.of("If-Match", tag));
    api.send(200, PATCH, plan, "{\"rateRps\": 4}", Map.of());
    assign(id);
    api.get(200, "/v1/audit?limit=10&usagePlanId=" + id);
    api.send(204, DELETE, plan, "", Map.of());
    api.get(404, plan);
  }

  private void assign(String id) {
    String attachment = STAGE + "/usage-plans/" + id;
    String assignment = STAGE + "/api-keys/keyacme001/usage-plan";
    api.get(200, "/v1/stages?limit=5");
    api.send(200, PUT, attachment, "", Map.of());
    api.send(200, PUT, assignment, "{\"usagePlanId\": \"%s\"}".formatted(id), Map.of());
    api.get(200, assignment);
    api.send(204, DELETE, attachment, "", Map.of());
  }

  private static String body(String name, int rate) {
    return "{\"usagePlanName\": \"%s\", \"rateRps\": %d, \"dayQuotaRequest\": 1000, \"monthQuotaRequest\": 9000, \"quotaCondition\": \"2xx\"}"
        .formatted(name, rate);
  }
}
