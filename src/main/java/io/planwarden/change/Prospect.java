package io.planwarden.change;

import io.planwarden.problem.FacadeException;
import java.util.List;
import java.util.Optional;

/**
 * What is found when the target of a change is looked at before it.
 *
 * @param course the course to take from here
 * @param behind whether {@code before} is a state that a change of ours had just ended
 * @param changedOutside members that somebody else changed since the last sight
 * @param objection why the change must not be made
 */
record Prospect(
    Course course,
    Image before,
    boolean behind,
    List<String> changedOutside,
    Optional<FacadeException> objection) {

  /** Nobody looked. */
  static Prospect unread(Course course) {
    return new Prospect(course, Image.UNREAD, false, List.of(), Optional.empty());
  }
}
