package io.planwarden.replica;

import io.planwarden.replica.Leases.Lease;
import io.planwarden.storage.OneConnection;
import io.planwarden.storage.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The thread that asks the database for leases. It comes round when something is wanted, when what
 * others have may be free again, and when the others have to hear that this replica lives.
 */
final class Desk {
  private static final Logger LOG = Logger.getLogger(Desk.class);
  private static final String SWEEPER = "sweeper";
  // Of a wait that lasts milliseconds as a rule, and that nobody ends by telling us.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

  private final Store store;
  private final OneConnection own = new OneConnection();
  private final Membership membership;
  private final Duration patience;
  private final Duration memory;
  private final Thread thread = new Thread(this::run, "leases");
  private final CompletableFuture<Void> joined = new CompletableFuture<>();
  private volatile boolean full;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  // The rest belongs to the thread.
  private final Wishes wishes = new Wishes();
  private final Adoptions adoptions = new Adoptions();
  private final Set<String> held = new HashSet<>();
  private final Set<String> givenBack = new HashSet<>();
  private long nextBeat = System.nanoTime();
  private boolean stopped;
  private boolean failing;

  Desk(Store store, Membership membership, Duration patience, Duration memory) {
    this.store = store;
    this.membership = membership;
    this.patience = patience;
    this.memory = memory;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
    try {
      joined.get(
          membership.longestAbsence().plus(patience.multipliedBy(2)).toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          full
              ? "as many as PLANWARDEN_REPLICA_COUNT allows are running; it is the number that runs at"
                  + " most, those of a rolling update among them"
              : "its database does not answer in time; the log says more",
          e);
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  void stop() throws InterruptedException {
    inbox.add(() -> stopped = true);
    thread.join();
  }

  /** False once the thread has ended that had joined the others. */
  boolean isAlive() {
    return thread.isAlive() || !joined.isDone();
  }

  CompletableFuture<Lease> take(SortedSet<String> names, Duration wait) {
    Wishes.Wish wish = Wishes.of(names, System.nanoTime() + wait.toNanos());
    inbox.add(() -> wishes.add(wish));
    return wish.lease();
  }

  CompletableFuture<List<String>> adopt() {
    CompletableFuture<List<String>> adopted = new CompletableFuture<>();
    inbox.add(() -> adoptions.ask(adopted));
    return adopted;
  }

  void attend(Collection<String> operationIds) {
    inbox.add(() -> adoptions.attend(operationIds));
  }

  private void giveBack(SortedSet<String> names, String id) {
    inbox.add(
        () -> {
          if (id.equals(membership.id())) {
            held.removeAll(names);
            givenBack.addAll(names);
          }
        });
  }

  private void run() {
    while (!stopped) {
      try {
        listen();
        turn();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("a turn for leases failed", e);
      }
    }
    leave();
  }

  private void listen() throws InterruptedException {
    long wait = Math.max(0, nextBeat - System.nanoTime());
    long most = wishes.isEmpty() ? wait : Math.min(wait, LOOK_AGAIN.toNanos());
    Runnable order = inbox.poll(most, TimeUnit.NANOSECONDS);
    while (order != null) {
      order.run();
      order = inbox.poll();
    }
  }

  private void turn() {
    membership.noticeLoss();
    try {
      if (System.nanoTime() - nextBeat >= 0) {
        nextBeat = System.nanoTime() + membership.beat().toNanos();
        tryToBeat();
      }
      if (membership.holds()) {
        serve();
      }
    } catch (SQLException e) {
      own.discard();
      fail(e);
    }
    wishes.refuseLate(System.nanoTime());
  }

  /** One that fails is tried again; until the tenure ends, what is held can be lived on. */
  private void tryToBeat() throws SQLException {
    try {
      beat(connection());
    } catch (SQLException e) {
      own.discard();
      if (!membership.holds()) {
        throw e;
      }
      LOG.debug("the others were not told that this replica lives", e);
    }
  }

  private void beat(Connection connection) throws SQLException {
    Membership.Draft draft = membership.draft();
    if (!membership.prepare(connection, draft, held)) {
      connection.rollback();
      if (!full) {
        full = true;
        LOG.warn("as many replicas as PLANWARDEN_REPLICA_COUNT allows are there already");
      }
      return;
    }
    full = false;
    if (!draft.hasJoined()) {
      new LeaseTable(connection, membership.id()).keepOnly(held);
    }
    connection.commit();
    if (draft.hasJoined()) {
      held.clear();
    }
    givenBack.clear();
    membership.committed(draft);
    joined.complete(null);
    if (failing) {
      failing = false;
      LOG.info("leases can be asked for again");
    }
  }

  private void serve() throws SQLException {
    if (!givenBack.isEmpty()) {
      giveBack(connection());
    }
    if (!wishes.isEmpty()) {
      grant(connection());
    }
    if (adoptions.areAsked()) {
      sweep(connection());
    }
  }

  private void giveBack(Connection connection) throws SQLException {
    // Should it be lost, the next beat gives back what is not held.
    Statements.run(connection, "SET LOCAL synchronous_commit TO off");
    new LeaseTable(connection, membership.id()).giveBack(givenBack);
    connection.commit();
    givenBack.clear();
  }

  private record Granted(Wishes.Wish wish, Lease lease) {}

  private void grant(Connection connection) throws SQLException {
    String id = membership.id();
    LeaseTable table = new LeaseTable(connection, id);
    Set<String> taken = table.take(wishes.names());
    List<Granted> granted = new ArrayList<>();
    TargetTable targets = new TargetTable(connection);
    Set<String> useless = new HashSet<>(taken);
    for (Wishes.Wish wish : wishes.all()) {
      if (taken.containsAll(wish.names())) {
        granted.add(new Granted(wish, lease(wish.names(), id, targets)));
        taken.removeAll(wish.names());
        useless.removeAll(wish.names());
      }
    }
    if (!useless.isEmpty()) {
      table.giveBack(useless);
    }
    connection.commit();
    for (Granted each : granted) {
      held.addAll(each.wish().names());
      wishes.grant(each.wish(), each.lease());
    }
  }

  private Lease lease(SortedSet<String> names, String id, TargetTable targets) throws SQLException {
    return new Lease(
        () -> membership.holdsAs(id),
        targets.inFlight(names),
        targets.touches(names),
        () -> giveBack(names, id));
  }

  private void sweep(Connection connection) throws SQLException {
    String id = membership.id();
    LeaseTable table = new LeaseTable(connection, id);
    boolean ours = held.contains(SWEEPER) || !table.take(List.of(SWEEPER)).isEmpty();
    List<String> adopted = adoptions.find(new TargetTable(connection), id, ours);
    connection.commit();
    adoptions.answer(adopted);
    if (ours) {
      held.add(SWEEPER);
      new TargetTable(connection).sweep(memory);
      connection.commit();
    }
  }

  private void fail(SQLException failure) {
    if (!failing) {
      failing = true;
      LOG.errorf(failure, "leases cannot be asked for: changes are refused");
    }
    refuse(failure);
  }

  private void refuse(SQLException failure) {
    wishes.refuseAll(failure);
    adoptions.refuse(failure);
  }

  private void leave() {
    boolean known = joined.isDone();
    membership.end();
    if (known) {
      try {
        new ReplicaTable(connection()).leave(membership.id());
        connection().commit();
      } catch (SQLException e) {
        LOG.debug("the others will find out by themselves that this replica is gone", e);
      }
    }
    own.discard();
    refuse(new SQLException("this replica is stopping"));
  }

  private Connection connection() throws SQLException {
    Connection open = own.open();
    return open == null ? own.keep(store.aside(patience)) : open;
  }
}
