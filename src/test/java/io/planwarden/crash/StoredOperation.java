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
    assertThat(hasEnded()).as("a row after the last word: %s, %s", this, row).isFalse();
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

  /** The last word so far; empty if none is spoken. */
  String outcome() {
    return rows.isEmpty() ? "" : rows.get(rows.size() - 1).path("outcome").asText();
  }

  boolean tookEffect() {
    return outcome().equals("applied") || outcome().equals("adopted");
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
