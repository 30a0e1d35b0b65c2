package io.planwarden.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  /** The terms of a row, given its canonical text. No more of it is read than that. */
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
      throw new IllegalStateException("the audit holds a row that is not canonical JSON", e);
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
