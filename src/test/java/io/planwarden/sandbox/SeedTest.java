package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeedTest {

  private final State state = Seed.state();

  @Test
  void ids_asDocumented() {
    assertEquals(List.of("planfree01", "plangold01", "planopen01"), planIds());
    assertEquals(
        List.of("wfcstprod1", "wfcstbeta1", "whistprod1", "mtileprod1", "mtilebeta1"),
        state.catalog().places().map(Place::stageId).toList());
    assertEquals(
        List.of("keyacme001", "keyglobex1", "keyinitech", "keyacme001", "keyglobex1"),
        state.catalog().subscriptions().stream().map(each -> each.key().apiKeyId()).toList());
  }

  @Test
  void ids_inTheFormOfNcps() {
    Stream<String> ids =
        Stream.of(
                planIds().stream(),
                state.catalog().products().stream().map(Product::productId),
                state.catalog().places().map(place -> place.api().apiId()),
                state.catalog().places().map(Place::stageId),
                state.catalog().subscriptions().stream().map(each -> each.key().apiKeyId()))
            .flatMap(each -> each);

    assertEquals(List.of(), ids.filter(id -> !id.matches("[a-z0-9]{10}")).toList());
  }

  @Test
  void references_allResolve() {
    Set<String> stageIds = Set.copyOf(state.catalog().places().map(Place::stageId).toList());

    assertTrue(stageIds.containsAll(state.attachments().keySet()));
    assertTrue(stageIds.containsAll(state.defaults().keySet()));
    state.attachments().values().forEach(ids -> ids.forEach(state::plan));
    for (Relation relation : state.relations().values()) {
      String stageId = relation.pair().stageId();
      Product product = state.catalog().place(stageId).product();
      assertTrue(state.catalog().subscription(product, relation.pair().apiKeyId()).isAccepted());
      assertTrue(
          relation.usagePlanId() == null || state.isAttached(stageId, relation.usagePlanId()));
    }
  }

  @Test
  void keyValues_recognisable() {
    for (Subscription subscription : state.catalog().subscriptions()) {
      assertTrue(subscription.key().primaryKey().startsWith("sandbox-primary-"));
      assertTrue(subscription.key().secondaryKey().startsWith("sandbox-secondary-"));
    }
  }

  private List<String> planIds() {
    return List.copyOf(state.plans().keySet());
  }
}
