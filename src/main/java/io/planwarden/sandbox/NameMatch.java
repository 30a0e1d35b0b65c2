package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.NameFilterCase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name filter of a list; without a name, or with an empty one, everything matches. */
record NameMatch(@Nullable String wanted, Switches switches) {

  boolean matches(String name) {
    if (wanted == null || wanted.isEmpty()) {
      return true;
    }
    return switch (switches.get(Switch.NAME_FILTER)) {
      case EXACT -> folded(name).equals(folded(wanted));
      case SUBSTRING -> folded(name).contains(folded(wanted));
    };
  }

  private String folded(String text) {
    return switches.is(Switch.NAME_FILTER_CASE, NameFilterCase.INSENSITIVE)
        ? text.toLowerCase(Locale.ROOT)
        : text;
  }
}
