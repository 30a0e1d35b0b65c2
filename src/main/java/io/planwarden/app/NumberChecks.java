package io.planwarden.app;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/**
 * Of {@link StartupChecks}, those of numbers and durations. With less than this, something would
 * fail, spin or stand still: what is 0 here means something, or only goes without. A share above 1
 * would never be reached.
 */
final class NumberChecks {
  private static final int MOST = 1_000_000;
  private static final int MOST_PORT = 65_535;

  private static final List<Rule<?>> RULES =
      List.of(
          // On PostgreSQL half of it is waited for a lock, and 0 would be for ever.
          lasting("planwarden.audit.patience", 10),
          whole("planwarden.audit.queue", 1, MOST),
          lasting("planwarden.audit.probe", 10),
          lasting("planwarden.audit.retry", 10),
          lasting("planwarden.catalog.time-to-live", 1_000),
          lasting("planwarden.catalog.miss-time-to-live", 0),
          lasting("planwarden.change.lock-wait", 0),
          lasting("planwarden.change.horizon", 0),
          lasting("planwarden.change.staleness-window", 0),
          lasting("planwarden.change.settle-wait", 0),
          lasting("planwarden.change.first-later-look", 0),
          lasting("planwarden.change.last-later-look", 0),
          // A repetition within the usual deadline of the first has to find its key.
          lasting("planwarden.idempotency.keep", 60_000),
          lasting("planwarden.ncp.connect-timeout", 1),
          lasting("planwarden.ncp.attempt-timeout", 1),
          lasting("planwarden.ncp.key-poll", 1_000),
          lasting("planwarden.request.deadline", 100),
          lasting("planwarden.request.header-timeout", 100),
          lasting("planwarden.request.body-timeout", 100),
          lasting("planwarden.request.answer-timeout", 100),
          whole("planwarden.sandbox.port", 0, MOST_PORT),
          lasting("planwarden.security.token.reload", 1_000),
          whole("planwarden.upstream.rate", 0, MOST),
          whole("planwarden.upstream.queue", 1, MOST),
          whole("planwarden.upstream.queue-per-caller", 1, MOST),
          whole("planwarden.upstream.concurrency", 1, MOST),
          lasting("planwarden.upstream.pause", 0),
          lasting("planwarden.upstream.read-cache", 0),
          lasting("planwarden.upstream.breaker.window", 1),
          whole("planwarden.upstream.breaker.calls", 1, MOST),
          share("planwarden.upstream.breaker.ratio", 0.01),
          lasting("planwarden.upstream.breaker.delay", 1),
          whole("planwarden.upstream.breaker.probes", 1, MOST),
          whole("planwarden.upstream.retry.attempts", 1, MOST),
          lasting("planwarden.upstream.retry.base", 0),
          lasting("planwarden.upstream.retry.cap", 0),
          atLeast("planwarden.upstream.retry.budget", 0),
          whole("planwarden.upstream.retry.floor", 0, MOST));

  /**
   * What a setting must be.
   *
   * @param words the same, to go on after "it must be"
   */
  private record Rule<T>(String setting, Class<T> type, Predicate<T> right, String words) {
    boolean isBroken(Config all) {
      try {
        return all.getOptionalValue(setting, type).filter(right.negate()).isPresent();
      } catch (IllegalArgumentException e) {
        return true;
      }
    }
  }

  private final Config all;
  private final Objections found;

  NumberChecks(Config all, Objections found) {
    this.all = all;
    this.found = found;
  }

  private static Rule<Integer> whole(String setting, int least, int most) {
    return new Rule<>(
        setting,
        Integer.class,
        value -> value >= least && value <= most,
        "a whole number from %d to %d".formatted(least, most));
  }

  private static Rule<Double> share(String setting, double least) {
    return new Rule<>(
        setting,
        Double.class,
        value -> value >= least && value <= 1,
        "a number from %s to 1".formatted(least));
  }

  private static Rule<Double> atLeast(String setting, double least) {
    return new Rule<>(setting, Double.class, value -> value >= least, "at least " + least);
  }

  private static Rule<Duration> lasting(String setting, long leastMillis) {
    return new Rule<>(
        setting,
        Duration.class,
        value -> value.compareTo(Duration.ofMillis(leastMillis)) >= 0,
        "a duration of at least %dms".formatted(leastMillis));
  }

  void run() {
    RULES.stream()
        .filter(rule -> rule.isBroken(all))
        .forEach(
            rule ->
                found.refuse(
                    "%s is %s; it must be %s.",
                    variable(rule.setting()),
                    all.getConfigValue(rule.setting()).getValue(),
                    rule.words()));
  }

  private static String variable(String setting) {
    return setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }
}
