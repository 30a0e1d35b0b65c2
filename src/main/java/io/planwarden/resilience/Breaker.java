package io.planwarden.resilience;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stops sending while NCP is down. Times are nanoseconds from the same origin. Not thread-safe.
 *
 * <p>The window is bounded in number as well as in time: after a busy and good while, an NCP that
 * goes down shall not need as many failures as there were successes. Where as many as it takes to
 * judge have failed in a row, it opens whatever was before: until it does, each change that is sent
 * has to be settled while its caller waits.
 */
final class Breaker {
  /**
   * @param window how long a result counts, in nanoseconds
   * @param calls how many results it takes to judge; as many failures in a row open it
   * @param ratio the share of failures that opens it
   * @param delay how long it stays open, in nanoseconds
   * @param probes how many attempts must succeed to close it again
   */
  record Rules(long window, int calls, double ratio, long delay, int probes) {
    static Rules of(ResilienceConfig.Breaking config) {
      return new Rules(
          config.window().toNanos(),
          config.calls(),
          config.ratio(),
          config.delay().toNanos(),
          config.probes());
    }

    int mostResults() {
      return calls * 5;
    }
  }

  private record Result(long at, boolean failed) {}

  private final Rules rules;
  private final Deque<Result> results = new ArrayDeque<>();
  private int failures;
  private int failuresInARow;
  private BreakerState state = BreakerState.CLOSED;
  private long openedAt;
  // An attempt belongs to the state that it was let through in; in a later one it says nothing.
  private int generation;
  private int probing;
  private long probedAt;
  private int proved;

  Breaker(Rules rules) {
    this.rules = rules;
  }

  BreakerState state() {
    return state;
  }

  /** How long to wait before asking again; 0 lets an attempt through. */
  long refusal(long now) {
    if (state == BreakerState.OPEN) {
      long left = openedAt + rules.delay - now;
      if (left > 0) {
        return left;
      }
      enter(BreakerState.HALF_OPEN);
    }
    if (state == BreakerState.CLOSED) {
      return 0;
    }
    return probing + proved < rules.probes ? untilNextProbe(now) : rules.delay;
  }

  /**
   * The first goes alone for as long as a delay: while NCP is still down, one attempt at a time is
   * enough to lose, but one that is never answered must not keep out all others.
   */
  private long untilNextProbe(long now) {
    return probing == 0 || proved > 0 ? 0 : Math.max(0, probedAt + rules.delay - now);
  }

  /** An attempt goes through; its result is told with the number returned. */
  int admit(long now) {
    if (state == BreakerState.HALF_OPEN) {
      probing++;
      probedAt = now;
    }
    return generation;
  }

  void ended(int generation, Verdict verdict, long now) {
    if (generation != this.generation) {
      return;
    }
    switch (state) {
      case CLOSED -> judge(verdict, now);
      case HALF_OPEN -> prove(verdict, now);
      case OPEN -> {}
    }
  }

  private void judge(Verdict verdict, long now) {
    if (verdict == Verdict.SILENT) {
      return;
    }
    add(new Result(now, verdict == Verdict.DOWN));
    boolean bad = failures >= rules.ratio * results.size() || failuresInARow >= rules.calls;
    if (bad && results.size() >= rules.calls) {
      open(now);
    }
  }

  private void prove(Verdict verdict, long now) {
    probing--;
    switch (verdict) {
      case UP -> {
        proved++;
        if (proved >= rules.probes) {
          enter(BreakerState.CLOSED);
        }
      }
      case DOWN -> open(now);
      case SILENT -> {}
    }
  }

  private void open(long now) {
    openedAt = now;
    enter(BreakerState.OPEN);
  }

  private void enter(BreakerState next) {
    state = next;
    generation++;
    probing = 0;
    proved = 0;
    results.clear();
    failures = 0;
    failuresInARow = 0;
  }

  private void add(Result result) {
    results.add(result);
    failures += result.failed ? 1 : 0;
    failuresInARow = result.failed ? failuresInARow + 1 : 0;
    while (results.size() > rules.mostResults()
        || result.at - results.element().at >= rules.window) {
      failures -= results.remove().failed ? 1 : 0;
    }
  }
}
