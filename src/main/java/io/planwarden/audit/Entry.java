package io.planwarden.audit;

/** What waits for the writer. */
sealed interface Entry permits Waiting, TaskEntry {
  /** When it was submitted, in the nanoseconds of the writer's ticker. */
  long since();

  /** Takes it out before the writer begins with it; false if that was too late. */
  boolean refuse(RuntimeException why);
}
