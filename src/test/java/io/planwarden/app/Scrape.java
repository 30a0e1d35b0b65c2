package io.planwarden.app;

import static io.restassured.RestAssured.given;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the running application tells Prometheus.
 *
 * @param series name of each metric, then its labels with the values that they have
 */
record Scrape(Map<String, Map<String, Set<String>>> series) {
  private static final Pattern LINE =
      Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)})? [^ ]+");
  private static final Pattern LABEL =
      Pattern.compile("(?<name>\\w+)=\"(?<value>(?:[^\"\\\\]|\\\\.)*)\"");

  static Scrape of(int managementPort) {
    Map<String, Map<String, Set<String>>> series = new TreeMap<>();
    given()
        .port(managementPort)
        .get("/q/metrics")
        .asString()
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> add(series, line));
    return new Scrape(series);
  }

  private static void add(Map<String, Map<String, Set<String>>> series, Matcher line) {
    var labels = series.computeIfAbsent(line.group("name"), name -> new TreeMap<>());
    Matcher label = LABEL.matcher(line.group("labels") == null ? "" : line.group("labels"));
    while (label.find()) {
      labels
          .computeIfAbsent(label.group("name"), name -> new LinkedHashSet<>())
          .add(label.group("value"));
    }
  }
}
