package io.planwarden.usage;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Query;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads a limited number of times, and knows how old the oldest answer is. Not thread-safe: the
 * reads come one after the other.
 */
final class FewReads implements GatewayReads {
  /** There were as many reads as there may be. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** How many calls to NCP one answer takes at most. */
  static final int MOST = 50;

  // What was found until then still has to reach the caller in time.
  private static final Duration RESERVE = Duration.ofSeconds(2);

  private final GatewayReads delegate;
  private final Clock clock;
  private int left;
  private Instant readAt = Instant.MAX;

  FewReads(GatewayReads delegate, int most, Clock clock) {
    this.delegate = delegate;
    this.left = most;
    this.clock = clock;
  }

  /** Until when reads for this call are of use. */
  static Instant deadline(Call call) {
    return call.deadline().minus(RESERVE);
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    if (left == 0) {
      return Uni.createFrom().failure(new Spent());
    }
    left--;
    Instant at = delegate.readAt(query).orElseGet(clock::instant);
    readAt = at.isBefore(readAt) ? at : readAt;
    return delegate.read(query, call);
  }

  /** From when the oldest answer is. */
  Instant readAt() {
    return readAt;
  }
}
