package io.planwarden.sandbox;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a rule is for: those of a kind of operation, every change, those whose method and
 * target start like this, or all.
 */
record Match(@Nullable String wanted) {

  private static final String CHANGE = "change";
  private static final Pattern START = Pattern.compile("[A-Z]+ /\\S*");

  static Match parse(Body body) {
    String wanted = body.text("match", 1, 1000);
    List<String> words = Stream.concat(Stream.of(CHANGE), Operations.kinds().stream()).toList();
    if (wanted != null && !words.contains(wanted) && !START.matcher(wanted).matches()) {
      throw Refusal.invalid(
          "match must be one of %s, or a method and a start of path such as GET /api/v1/products"
              .formatted(words));
    }
    return new Match(wanted);
  }

  boolean covers(Errand errand) {
    if (wanted == null || wanted.equals(errand.kind())) {
      return true;
    }
    return wanted.equals(CHANGE) ? errand.isChange() : isStartOf(errand.request(), wanted);
  }

  private static boolean isStartOf(Request request, String start) {
    return (request.method() + " " + request.target()).startsWith(start);
  }
}
