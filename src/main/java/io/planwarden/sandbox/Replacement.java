package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.NullClears;
import io.planwarden.sandbox.Switch.OmittedMembers;
import org.jspecify.annotations.Nullable;

/** What a PUT leaves in a member that its body gives, names as null, or leaves out. */
record Replacement(Body body, Switches switches) {

  <T> @Nullable T of(String member, @Nullable T given, @Nullable T before) {
    if (given != null) {
      return given;
    }
    boolean cleared =
        body.has(member)
            ? switches.is(Switch.NULL_CLEARS, NullClears.YES)
            : switches.is(Switch.OMITTED_MEMBERS, OmittedMembers.CLEAR);
    return cleared ? null : before;
  }
}
