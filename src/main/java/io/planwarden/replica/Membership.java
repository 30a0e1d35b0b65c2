package io.planwarden.replica;

import com.github.f4b6a3.ulid.UlidCreator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This replica among the others: whether it may believe that they know of it, and its part of the
 * rate. Written by one thread, read by any.
 */
public final class Membership {
  private static final Logger LOG = Logger.getLogger(Membership.class);
  private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);
  private static final int BEATS_PER_LEASE = 5;

  private final ReplicaConfig config;
  private final Shares shares;
  private final Permits permits;
  private final Duration grace;
  private final IntSupplier demand;
  private final Clock clock;
  private final LongSupplier nanos;
  private volatile @Nullable Tenure tenure;
  private volatile int members;
  private volatile long losses;
  private volatile boolean left;

  /**
   * Not a member yet.
   *
   * @param rate how many calls all replicas together may send to NCP within a window; 0 is no limit
   * @param window within which they may be sent
   * @param demand how many this replica could send within one now
   * @param nanos never goes back
   */
  public Membership(
      ReplicaConfig config,
      int rate,
      Duration window,
      IntSupplier demand,
      Clock clock,
      LongSupplier nanos) {
    this.config = config;
    this.shares = Shares.of(rate, config.count());
    this.permits = new Permits(window);
    this.grace = window;
    this.demand = demand;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** How many calls this replica may send within a window now. */
  public int permits() {
    return shares.own() + (holds() ? permits.leased() : 0);
  }

  /** How many replicas there were when they were counted last, this one among them. */
  public int members() {
    return members;
  }

  /** How often this replica lost what it held, for it was not heard of or the database forgot. */
  public long losses() {
    return losses;
  }

  /** Since when it has lost what it held; null if it has not, has not joined yet or has left. */
  public @Nullable Instant lostSince() {
    Tenure known = tenure;
    return left || known == null || isHeld(known) ? null : known.until();
  }

  /** How often the others have to hear of this replica. */
  Duration beat() {
    Duration part = config.lease().dividedBy(BEATS_PER_LEASE);
    return part.compareTo(LONGEST_BEAT) < 0 ? part : LONGEST_BEAT;
  }

  /** How long a replica that is gone is in the way of another. */
  Duration longestAbsence() {
    return config.lease().plus(grace);
  }

  /** Under which name it holds what it holds; the last one if it holds nothing. */
  String id() {
    return Objects.requireNonNull(tenure, "not a member yet").replicaId();
  }

  boolean holds() {
    Tenure known = tenure;
    return known != null && isHeld(known);
  }

  /** Whether it still holds what it held under a name. */
  boolean holdsAs(String id) {
    Tenure known = tenure;
    return known != null && known.replicaId().equals(id) && isHeld(known);
  }

  private boolean isHeld(Tenure known) {
    return known.holds(nanos.getAsLong(), clock.instant());
  }

  /** Tells of the end of a tenure when it comes, and not only when there is another one. */
  void noticeLoss() {
    Tenure known = tenure;
    if (known != null && !known.isOver() && !isHeld(known)) {
      lose(known);
    }
  }

  private void lose(Tenure known) {
    tenure = known.over();
    losses++;
    LOG.warn(
        "the other replicas did not hear of this one in time, or the database forgot what it held:"
            + " that is lost");
  }

  /**
   * What becomes of it if the transaction is committed; false if there is no room for it.
   *
   * @param held what it has been granted; if the database does not know of all of it any more, it
   *     begins anew as if it had not been heard of
   */
  boolean prepare(Connection connection, Draft draft, Set<String> held) throws SQLException {
    ReplicaTable table = new ReplicaTable(connection);
    List<Shares.Member> all = new ArrayList<>(table.counted(grace));
    Tenure known = tenure;
    Shares.Member self = known == null ? null : find(all, known.replicaId());
    if (known == null
        || self == null
        || !known.holds(draft.nanos, draft.at)
        || !new LeaseTable(connection, self.replicaId()).holdsAll(held)) {
      long others = known == null || self == null ? all.size() : all.size() - 1L;
      if (others >= config.count()) {
        return false;
      }
      self = new Shares.Member(UlidCreator.getMonotonicUlid().toString(), 0, 0);
      table.join(self.replicaId(), config.lease());
      if (known != null) {
        table.inherit(self.replicaId(), known.replicaId());
      }
      permits.lose();
      draft.joined = true;
    } else {
      all.remove(self);
    }
    Shares.Member wanting = new Shares.Member(self.replicaId(), self.permits(), demand.getAsInt());
    all.add(wanting);
    int due = shares.due(wanting.replicaId(), all, draft.at.getEpochSecond());
    int next = permits.next(wanting.permits(), due, shares.free(all), draft.nanos);
    table.renew(new Shares.Member(wanting.replicaId(), next, wanting.wants()), config.lease());
    draft.id = wanting.replicaId();
    draft.members = all.size();
    return true;
  }

  private static Shares.@Nullable Member find(List<Shares.Member> all, String id) {
    return all.stream().filter(m -> m.replicaId().equals(id)).findFirst().orElse(null);
  }

  /** A transaction that makes or keeps it a member, from its first moment on. */
  Draft draft() {
    return new Draft(nanos.getAsLong(), clock.instant());
  }

  void committed(Draft draft) {
    Tenure known = tenure;
    if (draft.joined && known != null && !known.isOver()) {
      lose(known);
    }
    tenure = new Tenure(draft.id, draft.nanos, draft.at, config.lease(), false);
    permits.written();
    members = draft.members;
  }

  /** It is a member no longer. */
  void end() {
    permits.lose();
    left = true;
    Tenure known = tenure;
    if (known != null) {
      tenure = known.over();
    }
  }

  /** What is known of a transaction before it is committed. */
  static final class Draft {
    private final long nanos;
    private final Instant at;
    private String id = "";
    private int members;
    private boolean joined;

    private Draft(long nanos, Instant at) {
      this.nanos = nanos;
      this.at = at;
    }

    boolean hasJoined() {
      return joined;
    }
  }
}
