package io.planwarden.sandbox;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The account every sandbox starts with; its ids are relied upon by tests and documentation. */
final class Seed {

  static final String TENANT_ID = "5a4db0a0000000000000000000000001";
  static final String DOMAIN_CODE = "PUB";
  static final Instant TIME = Instant.parse("2026-01-05T00:00:00Z");

  private Seed() {}

  static State state() {
    return new State(
        new Catalog(products(), subscriptions()),
        inOrder(plans(), Plan::usagePlanId),
        Map.of(
            "wfcstprod1", List.of("planfree01", "plangold01"), "mtileprod1", List.of("planfree01")),
        Map.of("wfcstprod1", new Limits(10L, 1_000L, 10_000L, "2xx")),
        inOrder(relations(), Relation::pair));
  }

  private static List<Product> products() {
    return List.of(
        new Product(
            "weather001",
            "Weather",
            "Forecasts and observations",
            "PUBLIC",
            List.of(
                new Api(
                    "forecast01",
                    "forecast",
                    "The weather to come",
                    List.of(new Stage("wfcstprod1", "prod"), new Stage("wfcstbeta1", "beta"))),
                new Api(
                    "history001",
                    "history",
                    "The weather that was",
                    List.of(new Stage("whistprod1", "prod"))))),
        new Product(
            "maps000001",
            "Maps",
            "Map tiles",
            "PROTECTED",
            List.of(
                new Api(
                    "tiles00001",
                    "tiles",
                    "Raster tiles",
                    List.of(new Stage("mtileprod1", "prod"), new Stage("mtilebeta1", "beta"))))));
  }

  private static List<Subscription> subscriptions() {
    Key acme = key("keyacme001", "acme");
    Key globex = key("keyglobex1", "globex");
    Key initech = key("keyinitech", "initech");
    return List.of(
        new Subscription("weather001", acme, Subscription.ACCEPTED),
        new Subscription("weather001", globex, Subscription.ACCEPTED),
        new Subscription("weather001", initech, "REQUEST"),
        new Subscription("maps000001", acme, Subscription.ACCEPTED),
        new Subscription("maps000001", globex, Subscription.ACCEPTED));
  }

  /** The values are recognisable, so that they can be looked for where they must never appear. */
  private static Key key(String apiKeyId, String apiKeyName) {
    return new Key(
        apiKeyId, apiKeyName, "sandbox-primary-" + apiKeyName, "sandbox-secondary-" + apiKeyName);
  }

  private static List<Plan> plans() {
    return List.of(
        new Plan(
            "planfree01", "Free", "For trying things out", new Limits(5L, 100L, 1_000L, "2xx")),
        new Plan("plangold01", "Gold", null, new Limits(100L, 50_000L, 1_000_000L, "2xx")),
        new Plan("planopen01", "Open", null, Limits.NONE));
  }

  private static List<Relation> relations() {
    return List.of(
        new Relation(
            new Relation.Pair("keyacme001", "wfcstprod1"), "plangold01", 1_234, 45_678, TIME),
        new Relation(new Relation.Pair("keyglobex1", "wfcstprod1"), "planfree01", 40, 700, TIME),
        new Relation(new Relation.Pair("keyglobex1", "mtileprod1"), null, 7, 21, TIME));
  }

  private static <K, V> Map<K, V> inOrder(List<V> values, Function<V, K> key) {
    Map<K, V> map = new LinkedHashMap<>();
    values.forEach(value -> map.put(key.apply(value), value));
    return Collections.unmodifiableMap(map);
  }
}
