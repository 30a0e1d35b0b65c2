package io.planwarden.replica;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Leases that are waited for. For one thread. */
final class Wishes {
  /** Names, until when they are waited for, and who waits. */
  record Wish(SortedSet<String> names, long until, CompletableFuture<Lease> lease) {}

  private final List<Wish> waiting = new ArrayList<>();

  /** A wish of somebody who waits for so long. */
  static Wish of(SortedSet<String> names, long until) {
    return new Wish(names, until, new CompletableFuture<>());
  }

  void add(Wish wish) {
    waiting.add(wish);
  }

  /** Those who wait, the longest first. */
  List<Wish> all() {
    return List.copyOf(waiting);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    waiting.forEach(wish -> names.addAll(wish.names()));
    return names;
  }

  void grant(Wish wish, Lease lease) {
    waiting.remove(wish);
    wish.lease().complete(lease);
  }

  /** Ends the wait of those whose time is over. */
  void refuseLate(long now) {
    for (Wish wish : all()) {
      if (now - wish.until() >= 0) {
        refuse(
            wish,
            new FacadeException(
                ErrorCode.TARGET_BUSY, "Another replica is still changing the same target."));
      }
    }
  }

  /** Nobody can be asked. */
  void refuseAll(Exception failure) {
    for (Wish wish : all()) {
      refuse(
          wish,
          new FacadeException(
              ErrorCode.AUDIT_UNAVAILABLE,
              "The database that the replicas share cannot be asked.",
              failure));
    }
  }

  private void refuse(Wish wish, FacadeException problem) {
    waiting.remove(wish);
    wish.lease().completeExceptionally(problem);
  }
}
