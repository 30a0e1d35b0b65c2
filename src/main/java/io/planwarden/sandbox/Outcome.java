package io.planwarden.sandbox;

import org.jspecify.annotations.Nullable;

/** How an operation ends that was not refused: its answer, and its effect if it had one. */
record Outcome(Reply.Whole reply, @Nullable Effect effect) {

  static Outcome of(Reply.Whole reply) {
    return new Outcome(reply, null);
  }
}
