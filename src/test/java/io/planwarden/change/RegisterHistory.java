package io.planwarden.change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients did to one register and when, and whether all of it can have happened one after the
 * other, each at some moment between its call and its return. Every write has a value of its own,
 * so zones decide it (Gibbons and Korach, "Testing shared memories", 1997): a value's write and
 * reads reach from the first return to the last call. Thread-safe.
 */
final class RegisterHistory {
  private static final long NEVER = Long.MAX_VALUE;

  private record Op(boolean write, String value, long called, long returned) {}

  /** From the first return to the last call; forward if in this order, else all are concurrent. */
  private record Zone(String value, long firstReturn, long lastCall) {
    boolean isForward() {
      return firstReturn < lastCall;
    }

    long from() {
      return Math.min(firstReturn, lastCall);
    }

    long to() {
      return Math.max(firstReturn, lastCall);
    }

    boolean overlaps(Zone other) {
      return from() < other.to() && other.from() < to();
    }

    boolean isWithin(Zone other) {
      return from() > other.from() && to() < other.to();
    }
  }

  private final List<Op> ops = new ArrayList<>();

  RegisterHistory(String initially) {
    ops.add(new Op(true, initially, Long.MIN_VALUE, Long.MIN_VALUE));
  }

  synchronized void write(String value, long called, long returned) {
    ops.add(new Op(true, value, called, returned));
  }

  /** A write of which nobody knows whether it happened: at any time from its call on, or never. */
  void writeOfUnknownEnd(String value, long called) {
    write(value, called, NEVER);
  }

  synchronized void read(String value, long called, long returned) {
    ops.add(new Op(false, value, called, returned));
  }

  synchronized int size() {
    return ops.size();
  }

  /** Why no order explains the history; empty if one does. */
  synchronized Optional<String> violation() {
    Map<String, List<Op>> byValue = new HashMap<>();
    ops.forEach(op -> byValue.computeIfAbsent(op.value(), v -> new ArrayList<>()).add(op));
    for (List<Op> cluster : byValue.values()) {
      Optional<String> unexplained = unexplainedRead(cluster);
      if (unexplained.isPresent()) {
        return unexplained;
      }
    }
    return conflict(
        byValue.values().stream()
            .filter(cluster -> cluster.size() > 1 || cluster.get(0).returned() < NEVER)
            .map(RegisterHistory::zone)
            .toList());
  }

  private static Optional<String> unexplainedRead(List<Op> cluster) {
    Optional<Op> write = cluster.stream().filter(Op::write).findFirst();
    return cluster.stream()
        .filter(op -> !op.write())
        .filter(read -> write.isEmpty() || read.returned() < write.get().called())
        .findFirst()
        .map(read -> read + " reads what nobody had written");
  }

  private static Zone zone(Collection<Op> cluster) {
    return new Zone(
        cluster.iterator().next().value(),
        cluster.stream().mapToLong(Op::returned).min().orElseThrow(),
        cluster.stream().mapToLong(Op::called).max().orElseThrow());
  }

  private static Optional<String> conflict(List<Zone> zones) {
    for (Zone forward : zones.stream().filter(Zone::isForward).toList()) {
      for (Zone other : zones) {
        boolean conflicting =
            other.isForward()
                ? other != forward && other.overlaps(forward)
                : other.isWithin(forward);
        if (conflicting) {
          return Optional.of(other + " and " + forward + " cannot be put in an order");
        }
      }
    }
    return Optional.empty();
  }
}
