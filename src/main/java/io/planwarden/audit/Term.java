package io.planwarden.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What rows can be found by. The words are stored: they are never renamed. */
public enum Term {
  CALLER("caller"),
  ACTION("action"),
  PLAN("plan"),
  STAGE("stage"),
  KEY("key"),
  OUTCOME("outcome"),
  REQUEST("request");

  private static final JsonFactory JSON = new JsonFactory();
  private static final Map<String, Term> OF_ROWS =
      Map.of("action", ACTION, "outcome", OUTCOME, "requestId", REQUEST);
  private static final Map<String, Term> OF_CALLERS = Map.of("id", CALLER);
  private static final Map<String, Term> OF_TARGETS =
      Map.of("usagePlanId", PLAN, "stageId", STAGE, "apiKeyId", KEY);
  // A plan is found whether it is the target, asked for, or there before.
  private static final Set<String> TARGETS = Set.of("target", "request", "before", "after");

  private final String word;

  Term(String word) {
    this.word = word;
  }

  /** The term of rows with this value. */
  public String of(String value) {
    return word + ":" + value;
  }

  /** The terms of a row; the same as those of its text. */
  static Set<String> of(AuditRow row) {
    Set<String> terms = new HashSet<>();
    add(terms, ACTION, row.action());
    add(terms, CALLER, row.caller().id());
    add(terms, OUTCOME, row.outcome() == null ? null : row.outcome().word());
    add(terms, REQUEST, row.requestId());
    addMembers(terms, row.target());
    addMembers(terms, row.request());
    addMembers(terms, row.before());
    addMembers(terms, row.after());
    return terms;
  }

  private static void addMembers(Set<String> terms, @Nullable Map<String, Object> members) {
    if (members != null) {
      OF_TARGETS.forEach((name, term) -> add(terms, term, members.get(name)));
    }
  }

  private static void add(Set<String> terms, Term term, @Nullable Object value) {
    if (value instanceof String text) {
      terms.add(term.of(text));
    }
  }

  /**
   * The terms of a row, given its canonical text; none if that is no row. No more of it is read
   * than that.
   */
  static Set<String> inRow(String text) {
    Set<String> terms = new TreeSet<>();
    try (JsonParser row = JSON.createParser(text)) {
      row.nextToken();
      while (row.nextToken() == JsonToken.FIELD_NAME) {
        String member = row.currentName();
        if (row.nextToken() != JsonToken.START_OBJECT) {
          add(terms, OF_ROWS, member, row);
        } else if (member.equals("caller")) {
          addMembers(terms, OF_CALLERS, row);
        } else if (TARGETS.contains(member)) {
          addMembers(terms, OF_TARGETS, row);
        } else {
          row.skipChildren();
        }
      }
    } catch (IOException e) {
      return Set.of();
    }
    return terms;
  }

  private static void addMembers(Set<String> terms, Map<String, Term> of, JsonParser row)
      throws IOException {
    while (row.nextToken() == JsonToken.FIELD_NAME) {
      String member = row.currentName();
      row.nextToken();
      add(terms, of, member, row);
    }
  }

  private static void add(Set<String> terms, Map<String, Term> of, String member, JsonParser row)
      throws IOException {
    Term term = of.get(member);
    if (term != null && row.currentToken() == JsonToken.VALUE_STRING) {
      terms.add(term.of(row.getText()));
    }
    row.skipChildren();
  }
}
