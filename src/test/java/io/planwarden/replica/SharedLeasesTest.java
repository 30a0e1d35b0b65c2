package io.planwarden.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.planwarden.app.CapturedLog;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases.InFlight;
import io.planwarden.replica.Leases.Lease;
import io.planwarden.replica.Leases.Touch;
import io.planwarden.storage.Rider;
import io.planwarden.storage.Store;
import io.planwarden.storage.TestPostgres;
import io.planwarden.storage.WriteConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several replicas on one database, in one process. */
class SharedLeasesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofMillis(200);

  @TempDir Path folder;
  private TestPostgres database;
  private final List<One> replicas = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() {
    database = new TestPostgres(folder);
  }

  @AfterEach
  void close() throws InterruptedException {
    for (One replica : List.copyOf(replicas)) {
      replica.leases.stop();
    }
  }

  @Test
  void nameThatOneHas_comesToTheOtherWhenItIsGivenBack() {
    One a = new One().start();
    One b = new One().start();
    Lease held = a.take("plan:1");
    CompletableFuture<Lease> waiting = b.taking(LONG, "plan:1");

    assertThat(b.take("plan:2").isHeld().getAsBoolean()).isTrue();
    assertThat(waiting).isNotDone();
    held.release().run();

    assertThat(waiting).succeedsWithin(LONG);
  }

  @Test
  void namesOfWhichOneIsTaken_areNotKeptMeanwhile() {
    One a = new One().start();
    One b = new One().start();
    a.take("plan:2");
    CompletableFuture<Lease> both = b.taking(Duration.ofSeconds(2), "plan:1", "plan:2");

    for (int i = 0; i < 10; i++) {
      a.take("plan:1").release().run();
    }

    assertThat(both)
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            FacadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_BUSY));
  }

  @Test
  void whatAReplicaHasThatIsNotHeardOf_comesBackAndItKnowsBefore() throws SQLException {
    One a = new One().start();
    One b = new One().start();
    Lease lost = a.take("plan:1");
    a.cutOff();

    Lease found = b.take("plan:1");

    assertThat(lost.isHeld().getAsBoolean()).isFalse();
    assertThat(found.isHeld().getAsBoolean()).isTrue();
    assertThat(a.membership.permits()).isEqualTo(a.own());
    await().atMost(LONG).until(() -> a.membership.losses() == 1);
    assertThat(a.membership.lostSince()).isBefore(Clock.systemUTC().instant());
    a.cutOff = false;
    Lease again = a.take("plan:2");
    assertThat(again.isHeld().getAsBoolean()).isTrue();
    assertThat(lost.isHeld().getAsBoolean()).isFalse();
    assertThat(a.membership.losses()).isEqualTo(1);
    assertThat(a.membership.lostSince()).isNull();
    lost.release().run();
    assertThat(b.taking(LONG, "plan:3")).succeedsWithin(LONG);
    assertThat(found.isHeld().getAsBoolean()).isTrue();
  }

  @Test
  void threadThatAnErrorEnds_isNotAlive() throws SQLException {
    One a = new One();
    assertThat(a.leases.isAlive()).isTrue();
    a.start();
    assertThat(a.leases.isAlive()).isTrue();

    a.error = new Error("as where there is no memory left");
    a.cutOff();

    await().dontCatchUncaughtExceptions().atMost(LONG).until(() -> !a.leases.isAlive());
  }

  private static void assertRefused(CompletableFuture<Lease> wish) {
    assertThat(wish)
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            FacadeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE));
  }

  @Test
  void leaseThatTheDatabaseHasLost_isNotBelieved() {
    One a = new One().start();
    One b = new One().start();
    Lease lost = a.take("plan:1");
    Lease other = a.take("plan:2");
    Lease unharmed = b.take("plan:3");

    // As a failover does to a standby that was behind.
    database.execute("DELETE FROM lease WHERE name = 'plan:1'");

    await().atMost(LONG).until(() -> !lost.isHeld().getAsBoolean());
    assertThat(other.isHeld().getAsBoolean()).isFalse();
    assertThat(a.membership.losses()).isEqualTo(1);
    assertThat(a.take("plan:1").isHeld().getAsBoolean()).isTrue();
    assertThat(a.membership.losses()).isEqualTo(1);
    assertThat(unharmed.isHeld().getAsBoolean()).isTrue();
    assertThat(b.membership.losses()).isZero();
  }

  @Test
  void shortLossOfTheDatabase_losesNothing() {
    One a = new One().start();
    Lease held = a.take("plan:1");

    database.takeAway();
    assertRefused(a.taking(LONG, "plan:2"));
    database.giveBack();

    assertThat(a.take("plan:2").isHeld().getAsBoolean()).isTrue();
    assertThat(held.isHeld().getAsBoolean()).isTrue();
    assertThat(a.membership.losses()).isZero();
  }

  @Test
  void openOperation_isInTheWayOfOthersUntilItIsClosed() {
    One a = new One().start();
    One b = new One().start();
    Instant until = Clock.systemUTC().instant().plusSeconds(60);

    ride(a.leases.opening("op1", touched(null, "plan:1", "plan:9"), until));
    database.execute("INSERT INTO open_operation VALUES ('op1')");

    InFlight found = b.take("plan:0", "plan:1").inFlight().orElseThrow();
    assertThat(found.operationId()).isEqualTo("op1");
    assertThat(found.left()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(b.take("plan:2").inFlight()).isEmpty();
    database.execute("DELETE FROM open_operation");
    assertThat(a.take("plan:9").inFlight()).isEmpty();
  }

  @Test
  void openOperation_canLetItsTargetsGo() {
    One a = new One().start();
    ride(a.leases.opening("op1", touched(null, "plan:1"), Instant.EPOCH));
    database.execute("INSERT INTO open_operation VALUES ('op1')");

    ride(a.leases.lettingGo("op1"));

    assertThat(a.take("plan:1").inFlight()).isEmpty();
  }

  @Test
  void changes_areToldInTheirOrderAndTheLastPictureForEver() {
    One a = new One().start();
    One b = new One().start();
    ride(a.leases.touching("op1", touched("plan:1", "plan:1")));
    ride(a.leases.touching("op2", touched("plan:2", "plan:1", "plan:2")));
    database.execute("UPDATE target_change SET changed_at = changed_at - interval '1 year'");

    assertThat(b.touches("plan:1")).extracting(Touch::operationId).containsExactly("op1", "op2");
    ride(b.leases.touching("op3", touched(null, "plan:1")));

    assertThat(a.touches("plan:1")).extracting(Touch::operationId).containsExactly("op1", "op3");
    List<Touch> touches = b.touches("plan:2", "plan:3");
    assertThat(touches).extracting(Touch::operationId).containsExactly("op2");
    assertThat(touches.get(0).age()).isGreaterThan(Duration.ofDays(364));
    assertThat(a.touches("plan:4")).isEmpty();
  }

  @Test
  void pictureOfATarget_isKeptUntilAnotherChangeHasHadItsEffect() {
    One a = new One().start();
    ride(a.leases.touching("op1", touched("plan:1", "plan:1")));
    database.execute("UPDATE target_change SET changed_at = changed_at - interval '1 year'");

    ride(a.leases.opening("op2", touched("plan:1", "plan:1"), Instant.EPOCH));
    assertThat(a.touches("plan:1")).extracting(Touch::operationId).containsExactly("op1", "op2");
    ride(a.leases.touching("op2", touched(null, "plan:1")));
    assertThat(a.touches("plan:1")).extracting(Touch::operationId).containsExactly("op1", "op2");
    ride(a.leases.touching("op2", touched("plan:1", "plan:1")));

    assertThat(a.touches("plan:1")).extracting(Touch::operationId).containsExactly("op2");
  }

  @Test
  void operationThatHadNoEffect_isTakenBack() {
    One a = new One().start();
    ride(a.leases.touching("op1", touched("plan:1", "plan:1", "plan:2")));
    ride(a.leases.opening("op2", touched("plan:1", "plan:1", "plan:2"), Instant.EPOCH));

    ride(a.leases.untouched("op2", touched("plan:1", "plan:1", "plan:2")));

    assertThat(a.touches("plan:1")).extracting(Touch::operationId).containsExactly("op1");
    assertThat(a.touches("plan:2")).extracting(Touch::operationId).containsExactly("op1");
  }

  @Test
  void operationsOfAReplicaThatIsGone_areTakenOverOnce() throws InterruptedException {
    One a = new One().start();
    One b = new One().start();
    One c = new One().start();
    ride(a.leases.opening("op1", touched(null, "plan:1"), Instant.EPOCH));
    ride(b.leases.opening("op2", touched(null, "plan:2"), Instant.EPOCH));
    database.execute("INSERT INTO open_operation VALUES ('op1'), ('op2'), ('op of before')");
    assertThat(b.adopt()).containsExactly("op of before");

    replicas.remove(a);
    a.leases.stop();

    List<String> adopted = new ArrayList<>();
    await()
        .atMost(LONG)
        .until(
            () -> {
              assertThat(c.adopt()).isEmpty();
              adopted.addAll(b.adopt());
              return !adopted.isEmpty();
            });
    assertThat(adopted).containsExactly("op1");
    assertThat(b.adopt()).isEmpty();
  }

  @Test
  void whatTellsNobodyAnythingAnyMore_isSweptThoughItsTargetIsNeverChangedAgain() {
    One a = new One().start();
    ride(a.leases.opening("old", touched("plan:1", "plan:1", "plan:2"), Instant.EPOCH));
    ride(a.leases.opening("open", touched(null, "plan:3"), Instant.EPOCH));
    database.execute("INSERT INTO open_operation VALUES ('open')");
    database.execute("UPDATE target_change SET changed_at = changed_at - interval '1 year'");
    ride(a.leases.touching("new", touched(null, "plan:4")));

    a.adopt();
    // What follows is done by the same thread afterwards.
    a.take("plan:5");

    assertThat(texts("SELECT operation_id FROM open_target")).containsExactly("open");
    assertThat(texts("SELECT name FROM target_change"))
        .containsExactlyInAnyOrder("plan:1", "plan:4");
  }

  @Test
  void operationThatIsTakenOver_isGivenUntilSomebodyIsAtWorkOnIt() {
    One a = new One().start();
    database.execute("INSERT INTO open_operation VALUES ('left'), ('closed')");

    assertThat(a.given()).containsExactlyInAnyOrder("left", "closed");
    database.execute("DELETE FROM open_operation WHERE operation_id = 'closed'");
    assertThat(a.given()).containsExactly("left");
    a.leases.attend(List.of("left"));

    assertThat(a.given()).isEmpty();
  }

  @Test
  void operationWhoseTakingOverIsInDoubt_isGivenByTheNextSweep() {
    One a = new One().start();
    database.execute("INSERT INTO open_operation VALUES ('left')");
    a.doubtAfter = "INSERT INTO operation_owner";

    assertThatThrownBy(a::given).hasRootCauseMessage("no answer to the commit");

    assertThat(a.given()).containsExactly("left");
  }

  @Test
  void operationThatAnotherHasTakenOverSince_isNotGivenAgain() {
    One a = new One().start();
    database.execute("INSERT INTO open_operation VALUES ('left')");
    assertThat(a.given()).containsExactly("left");

    database.execute("UPDATE operation_owner SET replica_id = 'another'");
    database.execute("INSERT INTO replica VALUES ('another', 'infinity', 0, 0)");

    assertThat(a.given()).isEmpty();
  }

  @Test
  void replicaThatComesBack_isStillAtWorkOnWhatItBegan() {
    One a = new One().start();
    ride(a.leases.opening("op1", touched(null, "plan:1"), Instant.EPOCH));
    database.execute("INSERT INTO open_operation VALUES ('op1')");
    database.execute("DELETE FROM replica");

    await().atMost(LONG).until(() -> a.membership.losses() == 1);

    assertThat(a.adopt()).isEmpty();
  }

  @Test
  void replicaThatStops_refusesWhoeverWaitsAndLogsNoFailure() throws InterruptedException {
    One a = new One().start();
    One b = new One().start();
    a.take("plan:1");
    CompletableFuture<Lease> waiting = b.taking(LONG, "plan:1");
    assertThat(b.take("plan:2").isHeld().getAsBoolean()).isTrue();
    replicas.remove(b);

    try (CapturedLog log = new CapturedLog("stopping")) {
      b.leases.stop();

      assertThat(log.found()).isEmpty();
      assertThat(b.membership.losses()).isZero();
      assertThat(b.membership.lostSince()).isNull();
    }
    assertRefused(waiting);
  }

  @Test
  void moreReplicasThanThereMayBe_waitForRoom() throws InterruptedException {
    One a = new One(1).start();
    One tooMany = new One(1);
    assertThatThrownBy(tooMany::start).hasMessageContaining("PLANWARDEN_REPLICA_COUNT");
    replicas.remove(a);

    a.leases.stop();

    await().atMost(LONG).until(() -> tooMany.membership.members() == 1);
  }

  @Test
  void replicaWithoutItsDatabase_saysSoAndNotThatThereIsNoRoom() {
    One alone = new One();
    alone.cutOff = true;

    assertThatThrownBy(alone::start).hasMessageContaining("database does not answer");
  }

  @Test
  void sharesOfTheRate_followDemandAndAreNeverMoreThanTheRate() throws InterruptedException {
    One a = new One().start();
    One b = new One().start();
    One c = new One().start();
    int own = a.own();
    a.demand.set(1000);
    awaitPermits(a, 120 - 2 * (own + 1));

    b.demand.set(1000);
    c.demand.set(1000);
    awaitPermits(a, 40);
    awaitPermits(b, 40);
    awaitPermits(c, 40);
    replicas.remove(b);
    b.leases.stop();
    assertThat(b.membership.permits()).isEqualTo(own);

    // The part of its own stays with a replica that is gone: it may be cut off only.
    awaitPermits(a, own + (120 - 3 * own) / 2);
  }

  private void awaitPermits(One replica, int permits) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              int sum = replicas.stream().mapToInt(one -> one.membership.permits()).sum();
              assertThat(sum).isLessThanOrEqualTo(120);
              return replica.membership.permits() == permits;
            });
  }

  private List<String> texts(String sql) {
    try (Connection connection = database.connect()) {
      return Statements.select(connection, row -> row.getString(1), sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Commits what goes with a row. */
  private void ride(Rider rider) {
    try (Connection connection = database.connect()) {
      assertThat(rider.write(connection)).isTrue();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Leases.Touched touched(String pictured, String... targets) {
    return new Leases.Touched(names(targets), pictured);
  }

  private static TreeSet<String> names(String... names) {
    return new TreeSet<>(List.of(names));
  }

  /** One replica. */
  private final class One {
    final AtomicInteger demand = new AtomicInteger();
    final Membership membership;
    final SharedLeases leases;
    final List<Connection> connections = Collections.synchronizedList(new ArrayList<>());
    volatile boolean cutOff;
    // Thrown in place of being cut off.
    volatile Error error;
    // The next transaction that begins a statement like this is committed, and nobody is told.
    volatile String doubtAfter;

    One() {
      this(3);
    }

    One(int count) {
      Store store = database.store();
      membership =
          new Membership(
              new Config(count), 120, WINDOW, demand::get, Clock.systemUTC(), System::nanoTime);
      leases =
          new SharedLeases(
              new Aside(store),
              membership,
              PATIENCE,
              Duration.ofDays(1),
              ForkJoinPool.commonPool());
      replicas.add(this);
    }

    One start() {
      leases.start();
      return this;
    }

    void cutOff() throws SQLException {
      cutOff = true;
      connections.get(connections.size() - 1).close();
    }

    int own() {
      return Shares.of(120, 3).own();
    }

    Lease take(String... names) {
      return leases.take(names(names), LONG).await().atMost(LONG);
    }

    CompletableFuture<Lease> taking(Duration wait, String... names) {
      return leases.take(names(names), wait).subscribeAsCompletionStage();
    }

    List<Touch> touches(String... names) {
      Lease lease = take(names);
      lease.release().run();
      return lease.touches();
    }

    List<String> adopt() {
      List<String> given = given();
      leases.attend(given);
      return given;
    }

    List<String> given() {
      return leases.adopt().await().atMost(LONG);
    }

    /** The database, as long as it can be reached. */
    private final class Aside implements Store {
      private final Store store;

      Aside(Store store) {
        this.store = store;
      }

      @Override
      public void open(String mode) {}

      @Override
      public WriteConnection writer(Duration patience) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Connection reader() {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean isShared() {
        return true;
      }

      @Override
      public Connection aside(Duration patience) throws SQLException {
        if (error != null) {
          throw error;
        }
        if (cutOff) {
          throw new SQLException("cut off");
        }
        Connection connection = store.aside(patience);
        connections.add(connection);
        return doubtful(connection);
      }

      private Connection doubtful(Connection connection) {
        AtomicBoolean inDoubt = new AtomicBoolean();
        return (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  String sql = arguments == null ? "" : String.valueOf(arguments[0]);
                  if (doubtAfter != null && sql.startsWith(doubtAfter)) {
                    doubtAfter = null;
                    inDoubt.set(true);
                  }
                  Object result = invoke(method, connection, arguments);
                  if (method.getName().equals("commit") && inDoubt.get()) {
                    throw new SQLException("no answer to the commit");
                  }
                  return result;
                });
      }

      private Object invoke(Method method, Connection on, Object[] arguments) throws Throwable {
        try {
          return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    }
  }

  private record Config(int count) implements ReplicaConfig {
    @Override
    public Duration lease() {
      return LEASE;
    }
  }
}
