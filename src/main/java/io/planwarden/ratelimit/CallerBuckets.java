package io.planwarden.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each caller has left. The window begins with a caller's first request; a caller of whom
 * nothing was heard for a window has all of its quota again, so it is forgotten. Thread-safe; does
 * not block.
 */
final class CallerBuckets {
  private record Key(String share, Limit limit) {}

  private final Map<Limit, Quota> quotas;
  private final TimeMeter time;
  private final Cache<Key, Bucket> buckets;

  CallerBuckets(RateLimitConfig config, TimeMeter time) {
    this.time = time;
    this.quotas = quotas(config);
    this.buckets =
        Caffeine.newBuilder()
            .ticker(time::currentTimeNanos)
            .expireAfterAccess(Quota.WINDOW)
            // Each caller has two.
            .maximumSize(2L * config.callers())
            // What there is to tidy up is little, and no other thread is needed for it.
            .executor(Runnable::run)
            .build();
  }

  private static Map<Limit, Quota> quotas(RateLimitConfig config) {
    Map<Limit, Quota> quotas = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      int perSecond =
          switch (limit) {
            case READS -> config.reads();
            case CHANGES -> config.changes();
          };
      if (perSecond > 0) {
        quotas.put(limit, Quota.of(limit, perSecond, config.replicas()));
      }
    }
    return quotas;
  }

  /** Takes one request from what the caller has left; empty if there is no limit. */
  Optional<Grant> take(String share, Limit limit) {
    return Optional.ofNullable(quotas.get(limit))
        .map(
            quota -> {
              Bucket bucket = buckets.get(new Key(share, limit), key -> bucket(quota));
              return grant(quota, bucket.tryConsumeAndReturnRemaining(1));
            });
  }

  /** How many buckets there are, as far as what has expired was cleared away. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  // Refilled as a whole when the window ends: what is announced, so many in so many seconds, is
  // what
  // is granted. A refill drop by drop would grant twice as much in the first window.
  private Bucket bucket(Quota quota) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(quota.requests()).refillIntervally(quota.requests(), Quota.WINDOW))
        .withCustomTimePrecision(time)
        .build();
  }

  private static Grant grant(Quota quota, ConsumptionProbe probe) {
    return new Grant(
        quota,
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForReset()));
  }
}
