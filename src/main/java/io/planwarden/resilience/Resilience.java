package io.planwarden.resilience;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Receipt;
import io.smallrye.mutiny.Uni;

/**
 * The guarded way to NCP: reads and writes share one rate, one breaker, one bulkhead and one budget
 * of retries, so there is one of this per process. Results come on the Vert.x context of the
 * subscriber if there is one.
 */
public final class Resilience {
  private final GatewayReads delegateReads;
  private final GatewayWrites delegateWrites;
  private final Guarding guarding;
  private final GatewayReads reads = new Reads();
  private final GatewayWrites writes = new Writes();
  private final CachedReads cached;

  /**
   * @param reads each subscription is one attempt
   * @param writes each subscription is one attempt
   * @param share how much of the rate is ours; not asked where there is no limit
   * @param keys what the attempts are signed with; a pair is replaced on the timer's threads
   */
  public Resilience(
      GatewayReads reads,
      GatewayWrites writes,
      ResilienceConfig config,
      RateShare share,
      Surroundings surroundings,
      SigningKeys keys,
      ResilienceEvents events) {
    this.delegateReads = reads;
    this.delegateWrites = writes;
    Surroundings fromZero = surroundings.fromZero();
    this.guarding = Guarding.of(config, share, fromZero, keys, events);
    this.cached = new CachedReads(this.reads, config.readCache(), fromZero, events);
  }

  /** Reads NCP, every time. */
  public GatewayReads reads() {
    return reads;
  }

  /** Reads NCP, or answers what was read shortly before; the same as {@link #reads} by default. */
  public CachedReads cachedReads() {
    return cached;
  }

  /**
   * Changes NCP. A failure of several attempts has the class of the last one; whether the others
   * exclude an effect is told by {@code mayStillLand()}.
   */
  public GatewayWrites writes() {
    return writes;
  }

  public Standing standing() {
    return guarding.gate().standing();
  }

  /** How many retries the budget allows now. */
  public double retriesLeft() {
    return Math.max(0, guarding.budget().left(guarding.surroundings().now()));
  }

  private final class Reads implements GatewayReads {
    @Override
    public <T> Uni<T> read(Query<T> query, Call call) {
      return Uni.createFrom()
          .deferred(
              () ->
                  new GuardedCall<>(
                          guarding,
                          CallKind.READ,
                          call,
                          watched -> delegateReads.read(query, watched))
                      .result((item, tally) -> item));
    }
  }

  private final class Writes implements GatewayWrites {
    @Override
    public Uni<Receipt> send(Change change, Call call) {
      return Uni.createFrom()
          .deferred(
              () -> {
                // Before and after: a read that runs beside the write must not be kept either.
                cached.evict();
                return new GuardedCall<>(
                        guarding,
                        CallKind.of(change),
                        call,
                        watched -> delegateWrites.send(change, watched))
                    .result(
                        (receipt, tally) ->
                            receipt.after(tally.attempts(), tally.took(), tally.mayStillLand()))
                    .onTermination()
                    .invoke(cached::evict);
              });
    }
  }
}
