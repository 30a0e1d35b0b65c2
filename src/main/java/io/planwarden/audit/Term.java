package io.planwarden.audit;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  private final String word;

  Term(String word) {
    this.word = word;
  }

  /** The term of rows with this value. */
  public String of(String value) {
    return word + ":" + value;
  }

  /** The terms of a row. A plan is found whether it is the target, asked for, or there before. */
  static Set<String> of(AuditRow row) {
    Set<String> terms = new TreeSet<>();
    terms.add(CALLER.of(row.caller().id()));
    terms.add(ACTION.of(row.action()));
    if (row.outcome() != null) {
      terms.add(OUTCOME.of(row.outcome().word()));
    }
    if (row.requestId() != null) {
      terms.add(REQUEST.of(row.requestId()));
    }
    Stream.of(row.target(), row.request(), row.before(), row.after())
        .forEach(
            members -> {
              add(terms, PLAN, members, "usagePlanId");
              add(terms, STAGE, members, "stageId");
              add(terms, KEY, members, "apiKeyId");
            });
    return terms;
  }

  private static void add(
      Set<String> terms, Term term, @Nullable Map<String, Object> members, String name) {
    if (members != null && members.get(name) instanceof String value) {
      terms.add(term.of(value));
    }
  }
}
