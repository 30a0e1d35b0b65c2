package io.planwarden.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One change as a client asks for it. No two ask for the same, so that its mark alone joins what
 * was asked, what the audit has, and what took effect.
 *
 * @param mark the kind of change and all that tells it from others of its kind
 * @param body null if it has none
 */
record Ask(String mark, String method, String path, Map<String, Object> body) {
  private static final Map<String, String> ACTIONS =
      Map.of("attach-plan", "attach-stage", "detach-plan", "detach-stage");

  static Ask create(String name) {
    return new Ask(
        mark("create-plan", name),
        "POST",
        "/v1/usage-plans",
        Map.of("usagePlanName", name, "rateRps", 3));
  }

  static Ask edit(String plan, String name, String description) {
    return new Ask(
        mark("edit-plan", plan, description),
        "PUT",
        "/v1/usage-plans/" + plan,
        Map.of("usagePlanName", name, "usagePlanDescription", description));
  }

  static Ask delete(String plan) {
    return new Ask(mark("delete-plan", plan), "DELETE", "/v1/usage-plans/" + plan, null);
  }

  static Ask attach(String stage, String plan) {
    return new Ask(
        mark("attach-stage", id(stage), plan), "PUT", stage + "/usage-plans/" + plan, null);
  }

  static Ask detach(String stage, String plan) {
    return new Ask(
        mark("detach-stage", id(stage), plan), "DELETE", stage + "/usage-plans/" + plan, null);
  }

  static Ask assign(String stage, String key, String plan) {
    return new Ask(
        mark("assign-plan", id(stage), key, plan),
        "PUT",
        stage + "/api-keys/" + key + "/usage-plan",
        Map.of("usagePlanId", plan));
  }

  static Ask limits(String stage, int rate) {
    return new Ask(
        mark("set-default-limits", id(stage), String.valueOf(rate)),
        "PUT",
        stage + "/default-limits",
        Map.of("rateRps", rate));
  }

  /** The mark of a row of the ledger. */
  static String markOfEffect(JsonNode row) {
    String kind = row.path("kind").asText();
    return mark(ACTIONS.getOrDefault(kind, kind), row.path("ids"), row.path("after"));
  }

  /** The mark of a row of the audit. */
  static String markOfRow(JsonNode row) {
    return mark(row.path("action").asText(), row.path("target"), row.path("request"));
  }

  private static String mark(String action, JsonNode target, JsonNode wanted) {
    String stage = target.path("stageId").asText();
    String plan = target.path("usagePlanId").asText();
    return switch (action) {
      case "create-plan" -> mark(action, wanted.path("usagePlanName").asText());
      case "edit-plan" -> mark(action, plan, wanted.path("usagePlanDescription").asText());
      case "delete-plan" -> mark(action, plan);
      case "attach-stage", "detach-stage" -> mark(action, stage, plan);
      case "assign-plan" ->
          mark(
              action, stage, target.path("apiKeyId").asText(), wanted.path("usagePlanId").asText());
      case "set-default-limits" -> mark(action, stage, wanted.path("rateRps").asText());
      default -> throw new AssertionError("an action that nobody asked for: " + action);
    };
  }

  private static String mark(String action, String... ids) {
    return action + " " + List.of(ids);
  }

  private static String id(String stage) {
    return stage.substring(stage.lastIndexOf(':') + 1);
  }
}
