package io.planwarden.change;

import java.util.List;
import java.util.TreeSet;

/**
 * What a change would do.
 *
 * @param uncertain members of which only NCP's answer will tell what becomes of them
 */
record Foresight(Image before, Image after, List<String> uncertain) {
  static Foresight of(Image before, Image after) {
    return new Foresight(before, after, List.of());
  }

  Preview preview(List<String> changedOutside) {
    TreeSet<String> changed = new TreeSet<>(before.namesOfDifferences(after));
    uncertain.forEach(changed::remove);
    return new Preview(
        before.members(),
        after.members(),
        List.copyOf(changed),
        uncertain.isEmpty() ? null : uncertain,
        changedOutside.isEmpty() ? null : changedOutside);
  }
}
