package io.planwarden.app;

import io.planwarden.gateway.Action;
import io.planwarden.gateway.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What reads of NCP are called in metrics and traces; changes have words of their own. */
final class OperationWords {
  private static final Pattern BEGINNING_OF_A_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final List<Class<?>> READS =
      List.of(
          Query.SearchPlans.class,
          Query.GetPlan.class,
          Query.StagesOfPlan.class,
          Query.PlansByStage.class,
          Query.PlansOfStage.class,
          Query.StagesOfApi.class,
          Query.DefaultLimits.class,
          Query.Subscriptions.class,
          Query.Products.class,
          Query.Apis.class,
          Query.ApiKeys.class);
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

  /** Of every operation, reads and changes. */
  static List<String> all() {
    return Stream.concat(
            READS.stream().map(WORDS::get), Arrays.stream(Action.values()).map(Action::word))
        .toList();
  }

  /** The name of its type, such as {@code get-plan}. */
  static String of(Query<?> query) {
    return WORDS.get(query.getClass());
  }
}
