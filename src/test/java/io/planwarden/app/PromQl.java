package io.planwarden.app;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of an expression of Prometheus as it takes to know which series it asks for. */
final class PromQl {
  private static final Pattern SELECTOR =
      Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{(?<matchers>[^}]*)})?");
  private static final Pattern MATCHER =
      Pattern.compile("(?<label>[a-zA-Z_]\\w*)\\s*(?<op>=~|!~|!=|=)\\s*\"(?<value>[^\"]*)\"");
  private static final Pattern LABELS =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern TIMES = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

  /** Name of each metric, with its matchers: label, then the values that they name. */
  final Map<String, Map<String, Set<String>>> selectors = new LinkedHashMap<>();

  /** The labels that results are grouped or joined by. */
  final Set<String> grouping = new LinkedHashSet<>();

  PromQl(String expression) {
    Matcher labels = LABELS.matcher(expression);
    while (labels.find()) {
      for (String label : labels.group(2).split(",")) {
        grouping.add(label.strip());
      }
    }
    String rest = TIMES.matcher(labels.replaceAll(" ")).replaceAll(" ");
    Matcher selector = SELECTOR.matcher(rest);
    while (selector.find()) {
      boolean isFunction =
          selector.group("matchers") == null
              && rest.substring(selector.end()).stripLeading().startsWith("(");
      if (!isFunction && !WORDS.contains(selector.group("name"))) {
        add(selector.group("name"), selector.group("matchers"));
      }
    }
  }

  private void add(String name, String matchers) {
    Map<String, Set<String>> known = selectors.computeIfAbsent(name, n -> new LinkedHashMap<>());
    Matcher matcher = MATCHER.matcher(matchers == null ? "" : matchers);
    while (matcher.find()) {
      Set<String> values =
          known.computeIfAbsent(matcher.group("label"), l -> new LinkedHashSet<>());
      // A value with more than words and alternatives in it is a pattern of whatever comes.
      if (matcher.group("value").matches("[\\w|-]+")) {
        values.addAll(Set.of(matcher.group("value").split("\\|")));
      }
    }
  }
}
