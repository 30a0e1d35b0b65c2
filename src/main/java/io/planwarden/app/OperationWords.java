package io.planwarden.app;

import io.planwarden.gateway.Query;
import java.util.Locale;
import java.util.regex.Pattern;

/** What reads of NCP are called in metrics and traces; changes have words of their own. */
final class OperationWords {
  private static final Pattern BEGINNING_OF_A_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final ClassValue<String> WORDS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return BEGINNING_OF_A_WORD
              .matcher(type.getSimpleName())
              .replaceAll("-")
              .toLowerCase(Locale.ROOT);
        }
      };

  private OperationWords() {}

  /** The name of its type, such as {@code get-plan}. */
  static String of(Query<?> query) {
    return WORDS.get(query.getClass());
  }
}
