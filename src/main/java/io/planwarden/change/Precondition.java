package io.planwarden.change;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.EntityTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * That the target is still what the caller saw (RFC 9110, section 13.1.1).
 *
 * @param wanted the entity tags that the caller sent
 * @param tag the entity tag of the representation that an image has
 */
public record Precondition(EntityTags wanted, Function<Image, String> tag) {
  /** Why the change must not be made: the target is another than the caller saw. */
  Optional<FacadeException> objection(Image before, Image foreseen) {
    String current = tag.apply(before);
    if (wanted.hasStrongly(current)) {
      return Optional.empty();
    }
    return Optional.of(
        new FacadeException(
                ErrorCode.PRECONDITION_FAILED,
                "The target is not what If-Match says; diff tells how it and the request differ.")
            .with("etag", current)
            .with("diff", diff(before, foreseen))
            .header("ETag", current));
  }

  private static List<Map<String, Object>> diff(Image before, Image foreseen) {
    List<Map<String, Object>> diff = new ArrayList<>();
    for (String name : before.namesOfDifferences(foreseen)) {
      Map<String, Object> entry = new TreeMap<>(Map.of("field", name));
      Image.put(entry, "current", before.get(name));
      Image.put(entry, "requested", foreseen.get(name));
      diff.add(entry);
    }
    return diff;
  }
}
