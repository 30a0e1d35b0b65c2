package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.AuditRowBuilder;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.StageRef;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.request.Caller;
import io.planwarden.storage.Rider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of a replica that shares its targets with others, in virtual time. */
class LeasedChangesTest {
  private static final String ID = "plan000001";

  private final VirtualTime time = new VirtualTime();
  private final FakeGateway ncp = new FakeGateway();
  private final ChangesTest.Book book = new ChangesTest.Book(time);
  private final FakeLeases leases = new FakeLeases();
  private final Changes changes = changes(leases);
  private Done done;
  private FacadeException failure;

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void targetThatIsNotLeased_isLeftAloneAndNothingIsOnRecord() {
    leases.refusal = new FacadeException(ErrorCode.TARGET_BUSY, "others are at it");

    apply(changes, edit(2));

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(book.rows).isEmpty();
    assertThat(ncp.sent).isEmpty();
    leases.refusal = null;
    apply(changes, edit(2));
    assertThat(done.outcome()).isEqualTo("applied");
    assertThat(leases.taken).containsExactly("plan:" + ID, "plan:" + ID);
    assertThat(leases.released).isEqualTo(1);
  }

  @Test
  void operationOfAnotherReplicaOnTheTarget_isInTheWay() {
    leases.inFlight = new Leases.InFlight("op1", Duration.ofSeconds(20));

    apply(changes, edit(2));

    assertThat(failure.code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
    assertThat(failure.headers()).containsEntry("Location", "/v1/operations/op1");
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(20));
    assertThat(book.rows).isEmpty();
    assertThat(leases.released).isEqualTo(1);
  }

  @Test
  void leaseThatIsLostOnTheWay_keepsTheChangeFromBeingSent() {
    leases.isHeld = false;

    apply(changes, edit(2));

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(ncp.sent).isEmpty();
    assertThat(book.outcomes()).containsExactly(Outcome.NOT_APPLIED);
  }

  @Test
  void leaseThatIsLostAfterALostAnswer_keepsTheChangeFromBeingSentAgain() {
    Change delete = new Change.DeletePlan(ID);
    ncp.script.add(
        change -> {
          leases.isHeld = false;
          return Uni.createFrom().failure(FakeGateway.lost());
        });

    apply(changes, new Wish.Whole(delete));
    time.advance(Duration.ofSeconds(100));

    assertThat(ncp.sent).containsExactly(delete);
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.NOT_APPLIED);
  }

  @Test
  void leaseThatIsLostBetweenSteps_endsTheChangeThere() {
    ncp.attached.add(ID);
    ncp.script.add(
        change -> {
          leases.isHeld = false;
          return ncp.take(change);
        });

    apply(changes, new Wish.Cascade(ID));

    assertThat(ncp.sent).hasSize(1).allMatch(Change.DetachStage.class::isInstance);
    assertThat(ncp.plans).containsKey(ID);
    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED, Outcome.NOT_APPLIED);
  }

  @Test
  void changeOfAnotherReplica_isNotTheWorkOfSomebodyOutside() {
    apply(changes, edit(2));
    FakeLeases others = new FakeLeases();
    apply(changes(others), edit(3));

    leases.touches = List.of(new Leases.Touch(done.operationId(), Duration.ofMinutes(1)));
    apply(changes, edit(4));
    assertThat(done.changedOutside()).isEmpty();
    ncp.plans.put(ID, FakeGateway.plan(ID, "A", 77));
    apply(changes, edit(5));

    assertThat(done.changedOutside()).containsExactly("rateRps");
  }

  @Test
  void readsThatAreBehindAChangeOfAnotherReplica_areWaitedOut() {
    apply(changes(new FakeLeases()), edit(3));
    ncp.plans.put(ID, FakeGateway.plan(ID, "A", 1));
    leases.touches = List.of(new Leases.Touch(done.operationId(), Duration.ZERO));
    done = null;

    apply(changes, new PlanPatch(ID, Map.of("usagePlanName", "B"), new TreeSet<>()));
    assertThat(done).isNull();
    ncp.plans.put(ID, FakeGateway.plan(ID, "A", 3));
    time.advance(Duration.ofSeconds(2));

    assertThat(done.outcome()).isEqualTo("applied");
    assertThat(ncp.plans.get(ID)).isEqualTo(FakeGateway.plan(ID, "B", 3));
  }

  @Test
  void nameThatAnotherReplicaHasJustGiven_isTakenUntilReadsAreUpToIt() {
    Wish create = create("N");
    apply(changes(new FakeLeases()), create);
    ncp.plans.remove("newplan001");
    leases.touches = List.of(new Leases.Touch(done.operationId(), Duration.ZERO));

    apply(changes, create);

    assertThat(failure.code()).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
    leases.touches = List.of(new Leases.Touch(done.operationId(), Duration.ofDays(7)));
    apply(changes(leases), create);
    assertThat(done.outcome()).isEqualTo("applied");
    assertThat(ncp.sent).hasSize(2);
  }

  @Test
  void whatAnotherReplicaHasJustDone_isNotBelievedToBeSoStill() {
    apply(changes(new FakeLeases()), edit(3));
    leases.touches = List.of(new Leases.Touch(done.operationId(), Duration.ZERO));
    ncp.plans.put(ID, FakeGateway.plan(ID, "A", 1));

    apply(changes, edit(1));

    assertThat(done.outcome()).isEqualTo("applied");
    assertThat(ncp.sent).hasSize(2);
  }

  @Test
  void targetsAndLooksOfAnOperation_areToldToTheOthers() {
    apply(changes, edit(2));
    assertThat(leases.opened).containsOnlyKeys(done.operationId());
    Leases.Touched touched = leases.opened.get(done.operationId());
    assertThat(touched.targets()).containsExactly("plan:" + ID);
    assertThat(touched.pictured()).isEqualTo("plan:" + ID);

    apply(changes, create("N"));

    assertThat(leases.opened.get(done.operationId()).pictured()).isNull();
    assertThat(leases.touched.get(done.operationId()))
        .isEqualTo(
            new Leases.Touched(
                new TreeSet<>(List.of("plan-name:N", "plan:newplan001")), "plan:newplan001"));
  }

  @Test
  void changeThatHadNoEffect_isTakenBackFromWhatOthersAreTold() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.answered(400)));
    apply(changes, edit(2));
    assertThat(leases.untouched).containsExactlyElementsOf(leases.opened.keySet());
    assertThat(leases.touched).isEmpty();

    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
    apply(changes, edit(2));
    time.advance(Duration.ofSeconds(100));

    assertThat(book.last().outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(leases.untouched).containsExactlyElementsOf(leases.opened.keySet());
  }

  @Test
  void operationThatCannotBeMadeOut_isNotLearnedFromAndStandsInNobodysWay() {
    apply(changes(new FakeLeases()), edit(3));
    book.rows.replaceAll(row -> AuditRowBuilder.builder(row).action("lend-plan").build());
    leases.touches = List.of(new Leases.Touch(done.operationId(), Duration.ofMinutes(1)));

    apply(changes, edit(4));

    assertThat(failure).isNull();
    assertThat(done.outcome()).isEqualTo("applied");
  }

  @Test
  void createThatIsNotSeenByTheHorizon_letsItsNameGo() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));

    apply(changes, create("N"));
    time.advance(Duration.ofSeconds(50));
    assertThat(leases.letGo).isEmpty();
    time.advance(Duration.ofSeconds(30));

    assertThat(leases.letGo).containsExactlyElementsOf(leases.opened.keySet());
  }

  @Test
  void createThatWasGivenUpForThen_isLookedForByTheNextReplicaUnderItsLock() {
    Change create = new Change.CreatePlan(settings("N", 3));
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
    apply(changes, new Wish.Whole(create));
    time.advance(Duration.ofSeconds(80));
    List<AuditRow> left = List.copyOf(book.rows);
    changes.stop();
    FakeLeases others = new FakeLeases();
    others.inFlight = new Leases.InFlight("op2", Duration.ofSeconds(20));

    changes(others).takeOver(List.of(left));
    ncp.effect(create);
    time.advance(Duration.ofMinutes(5));
    assertThat(others.taken).isEmpty();
    time.advance(Duration.ofMinutes(6));
    assertThat(others.taken).containsExactly("plan-name:N");
    assertThat(book.outcomes()).doesNotContain(Outcome.ADOPTED);

    others.inFlight = null;
    time.advance(Duration.ofHours(24));
    assertThat(book.last().outcome()).isEqualTo(Outcome.ADOPTED);
  }

  @Test
  void operationThatIsTakenOver_isLookedAtOnceItIsKnownWhatWasDoneBefore() {
    apply(changes, edit(3));
    final Leases.Touch earlier = new Leases.Touch(done.operationId(), Duration.ofSeconds(1));
    final List<AuditRow> left = leftOpen(1);
    // As it was before the first edit: NCP's reads are not up to that yet.
    ncp.plans.put(ID, FakeGateway.plan(ID, "A", 1));
    FakeLeases others = successor();
    String open = left.get(0).operationId();
    others.inFlight = new Leases.InFlight(open, Duration.ofMinutes(1));
    others.touches = List.of(earlier, new Leases.Touch(open, Duration.ZERO));

    changes(others).takeOver(List.of(left));
    time.advance(Duration.ofSeconds(5));
    assertThat(book.last()).isEqualTo(left.get(0));
    ncp.plans.put(ID, FakeGateway.plan(ID, "A", 3));
    time.advance(Duration.ofSeconds(100));

    assertThat(book.last().outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(others.taken).containsExactly("plan:" + ID);
    assertThat(others.released).isEqualTo(1);
  }

  @Test
  void operationThatIsTakenOver_isNotLookedAtWhileItIsNotKnownWhatWasDoneBefore() {
    List<AuditRow> left = leftOpen(2);
    FakeLeases others = successor();
    others.refusal = new FacadeException(ErrorCode.AUDIT_UNAVAILABLE, "cannot be asked");
    final int looks = ncp.looks;

    changes(others).takeOver(List.of(left));
    time.advance(Duration.ofSeconds(20));
    assertThat(ncp.looks).isEqualTo(looks);
    others.refusal = null;
    time.advance(Duration.ofSeconds(100));

    assertThat(ncp.looks).isGreaterThan(looks);
    assertThat(book.last().outcome()).isEqualTo(Outcome.NOT_APPLIED);
  }

  /** What a replica leaves that is killed while it waits for the answer. */
  private List<AuditRow> leftOpen(int rate) {
    ncp.script.add(change -> Uni.createFrom().nothing());
    apply(changes, edit(rate));
    changes.stop();
    return List.of(book.last());
  }

  /** Leases of the replica that takes over what was left. */
  private FakeLeases successor() {
    FakeLeases others = new FakeLeases();
    others.opened.putAll(leases.opened);
    return others;
  }

  @Test
  void nameThatAPlanHadBeforeTheWindow_doesNotHideTheOneThatItHasJustGot() {
    Changes others = changes(new FakeLeases());
    apply(others, create("N"));
    Leases.Touch old = new Leases.Touch(done.operationId(), Duration.ofSeconds(12));
    time.advance(old.age());
    apply(others, new Wish.Whole(new Change.EditPlan("newplan001", settings("M", 3))));
    leases.touches = List.of(new Leases.Touch(done.operationId(), Duration.ZERO));
    apply(changes, new Wish.Whole(new Change.EditPlan("newplan001", settings("M", 4))));

    // NCP's reads are not up to the new name yet.
    ncp.plans.put("newplan001", FakeGateway.plan("newplan001", "N", 3));
    leases.touches = List.of(old);
    apply(changes, create("N"));
    assertThat(failure.code()).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
    failure = null;
    leases.touches = List.of();
    apply(changes, create("M"));

    assertThat(failure).extracting(FacadeException::code).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
  }

  @Test
  void changesOfOthers_countInTheirOrderThoughTheyAreLearnedInAnother() {
    ncp.attached.addAll(List.of(ID, "plan000002"));
    Changes others = changes(new FakeLeases());
    apply(others, assign("plan000002"));
    Leases.Touch earlier = new Leases.Touch(done.operationId(), Duration.ofSeconds(2));
    apply(others, assign(ID));
    Leases.Touch later = new Leases.Touch(done.operationId(), Duration.ofSeconds(1));
    // Each by the plan and the stage that it has to do with, before anything is done to the key.
    leases.touches = List.of(later);
    apply(changes, attach(ID));
    leases.touches = List.of(earlier);
    apply(changes, attach("plan000002"));

    leases.touches = List.of(earlier, later);
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
    apply(changes, assign("plan000002"));
    // As the earlier one left it: NCP's reads are not up to the later one yet.
    ncp.assigned = "plan000002";
    time.advance(Duration.ofSeconds(6));
    assertThat(book.last().outcome()).isEqualTo(Outcome.UNKNOWN);
    ncp.assigned = ID;
    time.advance(Duration.ofSeconds(100));

    assertThat(book.last().outcome()).isEqualTo(Outcome.NOT_APPLIED);
  }

  private Changes changes(Leases shared) {
    return ChangesTest.changes(ncp, book, shared, Map.of(), time);
  }

  @Test
  void whatAnUnreadableChangeOfAnotherReplicaMayHaveEnded_isNotBelieved() {
    ncp.attached.add(ID);
    leases.touches = List.of(new Leases.Touch("archived", Duration.ofSeconds(1)));

    // What it changed besides is still not known then.
    apply(changes, edit(2));
    apply(changes, attach(ID));
    assertThat(done.outcome()).isEqualTo("applied");
    assertThat(book.last().unread()).contains("before");

    leases.touches = List.of(new Leases.Touch("archived", Duration.ofSeconds(12)));
    time.advance(Duration.ofSeconds(11));
    apply(changes, attach(ID));
    assertThat(done.outcome()).isEqualTo("unchanged");
  }

  @Test
  void relations_areNotPicturedForGood() {
    apply(changes, edit(2));
    assertThat(leases.touched.get(done.operationId()).pictured()).isEqualTo("plan:" + ID);

    apply(changes, new Wish.Whole(new Change.AttachStage(new StageRef("p", "a", "s"), ID)));

    Leases.Touched attached = leases.touched.get(done.operationId());
    assertThat(attached.targets()).contains("stage-plan:s:" + ID);
    assertThat(attached.pictured()).isNull();
  }

  private static Wish assign(String usagePlanId) {
    return new Wish.Whole(
        new Change.AssignPlan(new StageRef("p", "a", "s"), "key0000001", usagePlanId));
  }

  private static Wish attach(String usagePlanId) {
    return new Wish.Whole(new Change.AttachStage(new StageRef("p", "a", "s"), usagePlanId));
  }

  private static Wish edit(int rate) {
    return new Wish.Whole(new Change.EditPlan(ID, settings("A", rate)));
  }

  private static Wish create(String name) {
    return new Wish.Whole(new Change.CreatePlan(settings(name, 3)));
  }

  private static PlanSettings settings(String name, int rate) {
    return new PlanSettings(name, null, new Limits(rate, null, null, null));
  }

  private void apply(Changes of, Wish wish) {
    Origin origin =
        new Origin(Caller.anonymous("127.0.0.1"), "r", time.now().plusSeconds(30), null);
    of.apply(wish, Options.NONE, origin)
        .subscribe()
        .with(d -> done = d, f -> failure = (FacadeException) f);
  }

  /** What the other replicas leave to this one. */
  private static final class FakeLeases implements Leases {
    final List<String> taken = new ArrayList<>();
    final Map<String, Touched> opened = new TreeMap<>();
    final Map<String, Touched> touched = new TreeMap<>();
    final List<String> letGo = new ArrayList<>();
    final List<String> untouched = new ArrayList<>();
    int released;
    boolean isHeld = true;
    InFlight inFlight;
    List<Touch> touches = List.of();
    FacadeException refusal;

    @Override
    public Uni<Lease> take(SortedSet<String> names, Duration wait) {
      taken.addAll(names);
      return refusal != null
          ? Uni.createFrom().failure(refusal)
          : Uni.createFrom()
              .item(
                  new Lease(
                      () -> isHeld, Optional.ofNullable(inFlight), touches, () -> released++));
    }

    @Override
    public Rider opening(String operationId, Touched what, Instant heldUntil) {
      opened.put(operationId, what);
      return connection -> true;
    }

    @Override
    public Rider lettingGo(String operationId) {
      letGo.add(operationId);
      return connection -> true;
    }

    @Override
    public Rider touching(String operationId, Touched what) {
      touched.put(operationId, what);
      return connection -> true;
    }

    @Override
    public Rider untouched(String operationId, Touched what) {
      assertThat(what).isEqualTo(opened.get(operationId));
      untouched.add(operationId);
      return connection -> true;
    }
  }
}
