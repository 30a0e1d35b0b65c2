package io.planwarden.change;

import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.request.SameContext;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.LongSupplier;

/** Locks among all replicas: first those of this process, then the leases of the same names. */
final class LeaseLocks implements Locks {
  private final Locks local;
  private final Leases leases;
  private final LongSupplier nanos;

  LeaseLocks(Locks local, Leases leases, LongSupplier nanos) {
    this.local = local;
    this.leases = leases;
    this.nanos = nanos;
  }

  @Override
  public Uni<Held> acquire(SortedSet<LockKey> keys, Duration wait) {
    if (keys.isEmpty()) {
      return local.acquire(keys, wait);
    }
    return Uni.createFrom()
        .deferred(
            () -> {
              long since = nanos.getAsLong();
              return local
                  .acquire(keys, wait)
                  .chain(mine -> lease(keys, wait.minusNanos(nanos.getAsLong() - since), mine));
            });
  }

  private Uni<Held> lease(SortedSet<LockKey> keys, Duration wait, Held mine) {
    return SameContext.of(() -> leases.take(LockKey.names(keys), wait))
        .<Held>map(lease -> new Leased(lease, mine))
        .onFailure()
        .invoke(mine::release);
  }

  private record Leased(Leases.Lease lease, Held mine) implements Held {
    @Override
    public boolean isValid() {
      return lease.isHeld().getAsBoolean();
    }

    @Override
    public Optional<FacadeException> objection() {
      return lease.inFlight().map(other -> HeldTargets.inFlight(other.operationId(), other.left()));
    }

    @Override
    public List<Leases.Touch> touches() {
      return lease.touches();
    }

    @Override
    public void release() {
      lease.release().run();
      mine.release();
    }
  }
}
