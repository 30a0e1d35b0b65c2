package io.planwarden.resilience;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers equal queries from what was read a moment ago. Any write of this process empties it;
 * failures are not kept. Equal queries of one caller that miss at the same time share one read,
 * which runs to its end, with the first one's deadline, even if all who wait for it leave. A read
 * that is under way is not shared with other callers: they would wait for the turns of the one who
 * began it, which has perhaps a long line of its own before it. Thread-safe.
 */
public final class CachedReads implements GatewayReads {
  private static final int MOST_ENTRIES = 1_000;

  /**
   * A read that is under way or done.
   *
   * @param begun on the clock: what the answer says was true then or later
   */
  private record Entry(Uni<?> answer, Instant begun, long begunNanos) {}

  /**
   * What an entry is found by.
   *
   * @param caller whose read is under way; null once it is done, and for all
   */
  private record Key(Query<?> query, @Nullable String caller) {}

  private final GatewayReads delegate;
  private final Duration keep;
  private final Surroundings surroundings;
  private final ResilienceEvents events;
  // Oldest first, because no entry is ever renewed in place. Guarded by this.
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /**
   * @param keep how long from the begin of its read an answer is used; zero keeps none
   */
  CachedReads(
      GatewayReads delegate, Duration keep, Surroundings surroundings, ResilienceEvents events) {
    this.delegate = delegate;
    this.keep = keep;
    this.surroundings = surroundings;
    this.events = events;
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    return keep.isZero()
        ? delegate.read(query, call)
        : Uni.createFrom().deferred(() -> shared(query, call));
  }

  /** When the read was begun that the query would be answered from; empty if it would ask NCP. */
  @Override
  public synchronized Optional<Instant> readAt(Query<?> query) {
    return Optional.ofNullable(fresh(new Key(query, null))).map(Entry::begun);
  }

  /** Forgets everything, and what is being read just now. */
  public synchronized void evict() {
    entries.clear();
  }

  private <T> Uni<T> shared(Query<T> query, Call call) {
    Entry entry;
    boolean done;
    boolean hit;
    synchronized (this) {
      Entry known = fresh(new Key(query, null));
      done = known != null;
      if (known == null) {
        known = fresh(new Key(query, call.callerId()));
      }
      hit = known != null;
      entry = known != null ? known : begin(query, call);
    }
    events.cacheAsked(hit);
    // The entry was made by begin, for an equal query, so its answer is what this query asks for.
    @SuppressWarnings("unchecked")
    Uni<T> answer = (Uni<T>) entry.answer();
    if (done) {
      return answer;
    }
    Home home = Home.current();
    return (hit ? until(call, answer) : answer).emitOn(home.executor());
  }

  private <T> Entry begin(Query<T> query, Call call) {
    Key underWay = new Key(query, call.callerId());
    Instant begun = surroundings.clock().instant();
    Uni<T> answer =
        Uni.createFrom()
            .deferred(() -> delegate.read(query, call))
            .onItem()
            .invoke(item -> done(underWay, begun, item))
            .onFailure()
            .invoke(() -> forget(underWay, begun))
            .memoize()
            .indefinitely();
    Entry entry = new Entry(answer, begun, surroundings.now());
    put(underWay, entry);
    return entry;
  }

  private void put(Key key, Entry entry) {
    entries.remove(key);
    entries.put(key, entry);
    if (entries.size() > MOST_ENTRIES) {
      Iterator<Entry> oldest = entries.values().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** The one who shares another's read still waits no longer than its own deadline. */
  private <T> Uni<T> until(Call call, Uni<T> answer) {
    Duration left = Duration.between(surroundings.clock().instant(), call.deadline());
    return answer
        .ifNoItem()
        .after(left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left)
        .on(surroundings.timer())
        .failWith(
            () ->
                UpstreamFailure.heldBack(
                    ErrorCode.UPSTREAM_BUSY,
                    "The same read was still under way at the deadline.",
                    Duration.ofSeconds(1)));
  }

  /** From now on it is for all, unless it was forgotten or a younger one is. */
  private synchronized void done(Key underWay, Instant begun, Object item) {
    Entry entry = forget(underWay, begun);
    Key forAll = new Key(underWay.query(), null);
    Entry other = entries.get(forAll);
    if (entry != null && (other == null || other.begunNanos() <= entry.begunNanos())) {
      // What is there already needs no deadline and comes on no other thread.
      put(forAll, new Entry(Uni.createFrom().item(item), begun, entry.begunNanos()));
    }
  }

  private synchronized @Nullable Entry forget(Key key, Instant begun) {
    Entry entry = entries.get(key);
    return entry != null && entry.begun().equals(begun) ? entries.remove(key) : null;
  }

  private @Nullable Entry fresh(Key key) {
    Entry entry = entries.get(key);
    boolean old = entry == null || surroundings.now() - entry.begunNanos() >= keep.toNanos();
    return old ? null : entry;
  }
}
