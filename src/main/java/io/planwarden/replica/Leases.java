package io.planwarden.replica;

import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What only one replica at a time may have. All of it hangs on one thing: that the replica goes on
 * to say that it lives. One that does not loses everything, and knows it by its own clock before
 * any other can have it. Thread-safe; does not block.
 */
public interface Leases {
  /** Of a process that is alone with its store: there is nobody to share anything with. */
  Leases ALONE =
      new Leases() {
        private static final Lease LEASE =
            new Lease(() -> true, Optional.empty(), List.of(), () -> {});

        @Override
        public Uni<Lease> take(SortedSet<String> names, Duration wait) {
          return Uni.createFrom().item(LEASE);
        }

        @Override
        public @Nullable Rider opening(String operationId, Touched touched, Instant heldUntil) {
          return null;
        }

        @Override
        public @Nullable Rider lettingGo(String operationId) {
          return null;
        }

        @Override
        public @Nullable Rider touching(String operationId, Touched touched) {
          return null;
        }

        @Override
        public @Nullable Rider untouched(String operationId, Touched touched) {
          return null;
        }
      };

  /** An operation of any replica that may still take effect on a target. */
  record InFlight(String operationId, Duration left) {}

  /** A change of a target by any replica, and how long ago it ended. */
  record Touch(String operationId, Duration age) {}

  /**
   * Names that are held.
   *
   * @param isHeld whether they still are; once false it stays so
   * @param inFlight what speaks against changing what is named
   * @param touches the last change of it and those shortly before that one, oldest first
   */
  record Lease(
      BooleanSupplier isHeld, Optional<InFlight> inFlight, List<Touch> touches, Runnable release) {}

  /**
   * Takes all the names as soon as nobody has any of them. Fails with {@code target-busy} after the
   * wait, and with {@code audit-unavailable} if the store cannot be asked. The item comes on any
   * thread that may block.
   */
  Uni<Lease> take(SortedSet<String> names, Duration wait);

  /**
   * What an operation changes.
   *
   * @param targets its names
   * @param pictured the one of them whose looks its rows tell; null if they tell none
   */
  record Touched(SortedSet<String> targets, @Nullable String pictured) {}

  /**
   * Makes an operation hold targets until no row is left to come of it, tells the others of it, and
   * makes this replica the one that is at work on it; goes with its first row. Null if nothing has
   * to.
   *
   * @param heldUntil when it is settled at the latest, as far as can be said
   */
  @Nullable Rider opening(String operationId, Touched touched, Instant heldUntil);

  /**
   * Lets other changes have the targets, although the operation is open still; goes with the row
   * that says so. Null if nothing has to.
   */
  @Nullable Rider lettingGo(String operationId);

  /**
   * Tells the others that the targets have changed now; goes with the row that says so. Null if
   * nothing has to.
   */
  @Nullable Rider touching(String operationId, Touched touched);

  /**
   * Takes back that the operation changes these targets, for it has changed nothing; goes with the
   * row that says so. Null if nothing has to.
   */
  @Nullable Rider untouched(String operationId, Touched touched);
}
