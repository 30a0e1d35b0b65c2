package io.planwarden.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Logs who is over its limit: each caller at most once a minute, and all together ten times, so
 * that nobody can fill the log by asking. Thread-safe.
 */
final class Complaints {
  private static final Logger LOG = Logger.getLogger(Complaints.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final long LINES = 10;

  private final Cache<String, Boolean> told;
  private final Bucket lines;
  private final LongAdder untold = new LongAdder();

  Complaints(TimeMeter time) {
    told =
        Caffeine.newBuilder()
            .ticker(time::currentTimeNanos)
            .expireAfterWrite(PERIOD)
            .maximumSize(LINES * 2)
            .executor(Runnable::run)
            .build();
    lines =
        Bucket.builder()
            .addLimit(limit -> limit.capacity(LINES).refillIntervally(LINES, PERIOD))
            .withCustomTimePrecision(time)
            .build();
  }

  void refused(String share, Limit limit) {
    untold.increment();
    String who = limit.word() + " " + share;
    if (told.getIfPresent(who) == null && lines.tryConsume(1)) {
      told.put(who, true);
      LOG.warnf(
          "caller over its limit caller=%s limit=%s refused_since_last_line=%d",
          printable(share), limit.word(), untold.sumThenReset());
    }
  }

  /** A name must not be able to begin a line of its own. */
  private static String printable(String share) {
    return share.replaceAll("[^!-~]", "?");
  }
}
