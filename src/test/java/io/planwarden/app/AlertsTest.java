package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every alert is explained, and the dashboard can be read by Grafana and by people. */
class AlertsTest {
  private static final Path DEPLOY = Path.of("deploy/observability");

  private final List<JsonNode> alerts = new ArrayList<>();
  private final JsonNode dashboard =
      new ObjectMapper().readTree(DEPLOY.resolve("planwarden-dashboard.json").toFile());

  AlertsTest() throws IOException {
    new YAMLMapper()
        .readTree(DEPLOY.resolve("planwarden.rules.yaml").toFile())
        .get("groups")
        .forEach(group -> group.get("rules").forEach(alerts::add));
  }

  @Test
  void everyAlert_hasItsSection_andEverySectionItsAlert() throws IOException {
    List<String> sections =
        Files.readAllLines(Path.of("docs/alerts.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring("## ".length()))
            .toList();

    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(
            alerts.stream().map(alert -> alert.get("alert").asText()).toList());
  }

  @Test
  void everyAlert_saysHowBadItIs_whatToDo_andWhereItIsExplained() throws IOException {
    String explained = Files.readString(Path.of("docs/alerts.md"));
    for (JsonNode alert : alerts) {
      String name = alert.get("alert").asText();
      String severity = alert.at("/labels/severity").asText();
      assertThat(severity).as(name).isIn("critical", "warning");
      assertThat(alert.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(alert.at("/annotations/action").asText()).as(name).isNotBlank();
      assertThat(alert.at("/annotations/runbook").asText())
          .isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(explained)
          .contains(
              "## %s\n\n*%s.*"
                  .formatted(name, severity.equals("critical") ? "Critical" : "Warning"));
    }
  }

  /**
   * Of a series that begins above 0, as that of a process that settled at once, no increase tells.
   */
  @Test
  void unknownThatWasThereWhenItsProcessWasFirstScraped_isAlertedOfToo() {
    String expression =
        alerts.stream()
            .filter(alert -> alert.get("alert").asText().equals("PlanwardenOperationUnknown"))
            .findFirst()
            .orElseThrow()
            .get("expr")
            .asText();

    assertThat(expression)
        .matches(".*increase\\((\\S+)\\[(\\w+)]\\) > 0 or \\(\\1 > 0 unless \\1 offset \\2\\).*");
  }

  @Test
  void dashboard_asksTheChosenDataSource_andDrawsNoPanelOverAnother() {
    Set<Integer> ids = new HashSet<>();
    Set<List<Integer>> places = new HashSet<>();
    Set<String> rows = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      String title = panel.get("title").asText();
      assertThat(title).isNotBlank();
      assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
      JsonNode place = panel.get("gridPos");
      for (int x = place.get("x").asInt();
          x < place.get("x").asInt() + place.get("w").asInt();
          x++) {
        for (int y = place.get("y").asInt();
            y < place.get("y").asInt() + place.get("h").asInt();
            y++) {
          assertThat(places.add(List.of(x, y))).as(title).isTrue();
          assertThat(x).as(title).isLessThan(24);
        }
      }
      if (panel.get("type").asText().equals("row")) {
        rows.add(title);
      } else {
        assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
        assertThat(panel.findValuesAsText("expr")).as(title).isNotEmpty();
      }
    }
    assertThat(rows).contains("Changes", "NCP", "Audit", "Callers", "Process");
    assertThat(dashboard.at("/templating/list").findValuesAsText("name"))
        .containsExactly("datasource", "job", "instance");
  }
}
