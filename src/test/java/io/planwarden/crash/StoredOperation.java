package io.planwarden.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One operation, as its rows tell it. */
final class StoredOperation {
  final String mark;
  final String id;
  private final List<JsonNode> rows = new ArrayList<>();

  StoredOperation(String mark, JsonNode first) {
    this.mark = mark;
    this.id = first.path("operationId").asText();
  }

  void add(JsonNode row) {
    boolean intent = row.path("phase").asText().equals("intent");
    assertThat(row.path("operationId").asText()).as("one operation for each mark").isEqualTo(id);
    if (hasEnded()) {
      // A process that was taken for dead has heard how it ended after all.
      assertThat(row.path("phase").asText()).as("after %s: %s", this, row).isEqualTo("outcome");
      assertThat(tookEffect(row)).as("after %s: %s", this, row).isEqualTo(tookEffect());
    }
    if (rows.isEmpty() && !intent) {
      assertThat(row.path("outcome").asText()).as("%s", row).isIn("refused", "unchanged");
    } else {
      assertThat(intent).as("an intent comes first: %s, %s", this, row).isEqualTo(rows.isEmpty());
    }
    rows.add(row);
  }

  /** When it was on record that it is about to be sent; null if it never was. */
  Instant intentAt() {
    JsonNode first = rows.get(0);
    return first.path("phase").asText().equals("intent")
        ? Instant.parse(first.path("at").asText())
        : null;
  }

  /** One of the ids of its target. */
  String target(String name) {
    return rows.get(0).path("target").path(name).asText();
  }

  /** What the target was seen to be like before it was sent. */
  JsonNode before() {
    return rows.get(0).path("before");
  }

  /** Whether somebody outside is said to have changed the target. */
  boolean tellsOfOthers() {
    return rows.stream().anyMatch(row -> row.has("changedOutside"));
  }

  /** The last word so far; empty if none is spoken. */
  String outcome() {
    return rows.isEmpty() ? "" : rows.get(rows.size() - 1).path("outcome").asText();
  }

  boolean tookEffect() {
    return !rows.isEmpty() && tookEffect(rows.get(rows.size() - 1));
  }

  private static boolean tookEffect(JsonNode row) {
    return List.of("applied", "adopted").contains(row.path("outcome").asText());
  }

  boolean hasEnded() {
    if (rows.isEmpty()) {
      return false;
    }
    JsonNode last = rows.get(rows.size() - 1);
    return last.path("closed").asBoolean()
        || (!outcome().isEmpty() && !outcome().equals("unknown"));
  }

  @Override
  public String toString() {
    return mark + " " + rows;
  }
}
