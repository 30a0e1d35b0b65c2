package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The whole simulated account at one moment. It is immutable, so that an earlier state can go on
 * being answered while NCP's reads lag behind its writes.
 *
 * @param attachments the ids of the plans on each stage, by stage id, in the order attached
 * @param defaults the default limits of the stages that have any, by stage id
 */
record State(
    Catalog catalog,
    Map<String, Plan> plans,
    Map<String, List<String>> attachments,
    Map<String, Limits> defaults,
    Map<Relation.Pair, Relation> relations) {

  Plan plan(String usagePlanId) {
    Plan plan = plans.get(usagePlanId);
    if (plan == null) {
      throw new Refusal(RefusalCode.UNKNOWN_PLAN);
    }
    return plan;
  }

  List<String> planIdsOn(String stageId) {
    return attachments.getOrDefault(stageId, List.of());
  }

  boolean isAttached(String stageId, String usagePlanId) {
    return planIdsOn(stageId).contains(usagePlanId);
  }

  List<Place> placesOf(Plan plan) {
    return catalog
        .places()
        .filter(place -> isAttached(place.stageId(), plan.usagePlanId()))
        .toList();
  }

  Limits defaultsOf(String stageId) {
    return defaults.getOrDefault(stageId, Limits.NONE);
  }

  Relation relation(Relation.Pair pair) {
    return relations.getOrDefault(pair, Relation.fresh(pair));
  }

  List<String> keysOn(String stageId, String usagePlanId) {
    return relations.values().stream()
        .filter(relation -> relation.isOn(stageId, usagePlanId))
        .map(relation -> relation.pair().apiKeyId())
        .toList();
  }

  JsonObject json(Plan plan) {
    return plan.toJson(placesOf(plan).size());
  }

  JsonObject summary(Plan plan) {
    return plan.toSummary(placesOf(plan).size());
  }

  State with(Plan plan) {
    return new State(
        catalog, plus(plans, plan.usagePlanId(), plan), attachments, defaults, relations);
  }

  /** Without the plan, wherever it was; its keys fall back to their stages' defaults. */
  State without(Plan plan, Instant at) {
    State detached = this;
    for (Place place : placesOf(plan)) {
      detached = detached.detached(place.stageId(), plan.usagePlanId(), at);
    }
    Map<String, Plan> left = new LinkedHashMap<>(plans);
    left.remove(plan.usagePlanId());
    return new State(
        catalog,
        Collections.unmodifiableMap(left),
        detached.attachments,
        defaults,
        detached.relations);
  }

  State attached(String stageId, String usagePlanId) {
    List<String> ids = new ArrayList<>(planIdsOn(stageId));
    ids.add(usagePlanId);
    return withAttachments(stageId, ids);
  }

  /** Without the plan on that stage; its keys fall back to the stage's default. */
  State detached(String stageId, String usagePlanId, Instant at) {
    List<String> ids = new ArrayList<>(planIdsOn(stageId));
    ids.remove(usagePlanId);
    return withAttachments(stageId, ids)
        .withRelations(
            relation -> relation.isOn(stageId, usagePlanId),
            relation -> relation.withPlan(null, at));
  }

  State with(String stageId, Limits limits) {
    return new State(catalog, plans, attachments, plus(defaults, stageId, limits), relations);
  }

  State with(Relation relation) {
    return new State(
        catalog, plans, attachments, defaults, plus(relations, relation.pair(), relation));
  }

  State withRelations(Predicate<Relation> which, UnaryOperator<Relation> change) {
    Map<Relation.Pair, Relation> changed = new LinkedHashMap<>(relations);
    changed.replaceAll((pair, each) -> which.test(each) ? change.apply(each) : each);
    return new State(catalog, plans, attachments, defaults, Collections.unmodifiableMap(changed));
  }

  private State withAttachments(String stageId, List<String> ids) {
    return new State(
        catalog, plans, plus(attachments, stageId, List.copyOf(ids)), defaults, relations);
  }

  private static <K, V> Map<K, V> plus(Map<K, V> map, K key, V value) {
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.put(key, value);
    return Collections.unmodifiableMap(copy);
  }
}
