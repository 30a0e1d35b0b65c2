package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.CapturedLog;
import io.planwarden.audit.AuditRow;
import io.planwarden.audit.AuditRowBuilder;
import io.planwarden.audit.Journal;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.request.Caller;
import io.planwarden.storage.Rider;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a change in virtual time: what is sent, what is told, what is on record. */
class ChangesTest {
  private static final Change EDIT = edit(2);
  private static final Change CREATE = new Change.CreatePlan(settings("N", 3));
  private static final Change DELETE = new Change.DeletePlan("plan000001");
  private static final Change ATTACH =
      new Change.AttachStage(new StageRef("p", "a", "s"), "plan000001");

  /** For changes without keys. */
  private static final Repeats NO_KEYS = new Repeats(null, null);

  private final VirtualTime time = new VirtualTime();
  private final FakeGateway ncp = new FakeGateway();
  private final Book book = new Book(time);
  private final Changes changes = changes();

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void lostAnswer_withTheEffectThere_isApplied() {
    ncp.script.add(
        change -> {
          ncp.effect(change);
          return Uni.createFrom().failure(FakeGateway.lost());
        });

    Asked asked = new Asked(EDIT);

    assertThat(asked.done.outcome()).isEqualTo("applied");
    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED);
  }

  @Test
  void lostAnswer_withTheEffectComingLate_isUnknownAndThenApplied() {
    lose();

    Asked asked = new Asked(EDIT);
    time.advance(Duration.ofSeconds(6));
    assertThat(asked.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(asked.failure.headers())
        .containsEntry("Location", "/v1/operations/" + book.rows.get(0).operationId());
    time.advance(Duration.ofSeconds(39));
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN);

    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(10));

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.APPLIED);
    assertThat(book.last().phase()).isEqualTo(Phase.RESOLUTION);
    assertThat(book.last().changed()).containsExactly("rateRps");
  }

  @Test
  void lostAnswer_withoutEffect_isNotAppliedOnlyPastTheHorizon() {
    lose();

    new Asked(EDIT);
    time.advance(Duration.ofSeconds(69));
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN);
    time.advance(Duration.ofSeconds(7));

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.NOT_APPLIED);
    assertThat(ncp.sent).hasSize(1);
  }

  @Test
  void horizon_whileNcpCannotBeRead_isWaitedBeyond() {
    lose();
    new Asked(EDIT);
    time.advance(Duration.ofSeconds(6));
    ncp.readsFail = true;
    time.advance(Duration.ofMinutes(5));
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN);

    ncp.readsFail = false;
    time.advance(Duration.ofSeconds(10));

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.NOT_APPLIED);
  }

  @Test
  void lostAnswer_withAnotherStateAtTheHorizon_staysUnknownAndIsClosed() {
    lose();
    new Asked(EDIT);
    ncp.plans.put("plan000001", FakeGateway.plan("plan000001", "A", 77));

    try (CapturedLog log = new CapturedLog()) {
      time.advance(Duration.ofSeconds(80));
      assertThat(log.lines())
          .containsOnlyOnce(
              "operation=%s ends unknown: neither-as-before-nor-as-asked"
                  .formatted(book.last().operationId()));
    }

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN);
    assertThat(book.last().closed()).isTrue();
  }

  @Test
  void targetOfAnUnsettledChange_admitsNoOther() {
    lose();
    new Asked(EDIT);
    time.advance(Duration.ofSeconds(6));

    Asked other = new Asked(edit(9));
    assertThat(other.code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
    assertThat(other.failure.retryable()).isTrue();
    assertThat(other.failure.headers()).containsKey("Location");
    assertThat(other.failure.retryAfter())
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
    assertThat(ncp.sent).hasSize(1);

    time.advance(Duration.ofSeconds(71));
    assertThat(new Asked(edit(9)).done.outcome()).isEqualTo("applied");
  }

  @Test
  void retryAfterAnUnansweredAttempt_isAppliedAndHoldsTheTargetUntilTheHorizon() {
    ncp.script.add(change -> ncp.take(change).map(r -> r.after(2, r.duration(), true)));

    assertThat(new Asked(EDIT).done.outcome()).isEqualTo("applied");
    assertThat(new Asked(edit(9)).code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);

    ncp.plans.put("plan000001", FakeGateway.plan("plan000001", "A", 77));
    time.advance(Duration.ofSeconds(71));
    assertThat(book.last().phase()).isEqualTo(Phase.NOTE);
    assertThat(book.last().detail()).isEqualTo("overtaken-after-retry");
    assertThat(new Asked(edit(9)).done.outcome()).isEqualTo("applied");
  }

  @Test
  void severalUnansweredAttempts_holdTheTargetEvenWhenOneWasSeenInEffect() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost().after(2, 2, true)));
    new Asked(EDIT);
    time.advance(Duration.ofSeconds(6));

    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(10));
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.APPLIED);
    assertThat(new Asked(edit(9)).code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);

    time.advance(Duration.ofSeconds(61));
    assertThat(new Asked(edit(9)).done.outcome()).isEqualTo("applied");
  }

  @Test
  void loneAttemptThatMayHaveHadAnEffect_holdsTheTargetOnlyUntilThatIsSeen() {
    for (UpstreamFailure last : List.of(FakeGateway.lost(), FakeGateway.answered(429))) {
      ncp.script.add(
          change -> {
            ncp.effect(change);
            return Uni.createFrom().failure(last.after(2, 1, true));
          });

      assertThat(new Asked(EDIT).done.outcome()).isEqualTo("applied");
      assertThat(new Asked(edit(9)).done.outcome()).isEqualTo("applied");
      time.advance(Duration.ofSeconds(11));
    }
    assertThat(book.rows).extracting(AuditRow::mayLandUntil).containsOnlyNulls();
  }

  @Test
  void acceptedChange_thatIsNotShown_isNotInEffectUntilItIs() {
    ncp.script.add(
        change -> Uni.createFrom().item(new Receipt(null, 204, 1, Duration.ZERO, false)));

    Asked asked = new Asked(EDIT);
    time.advance(Duration.ofSeconds(6));
    assertThat(asked.code()).isEqualTo(ErrorCode.NOT_IN_EFFECT);

    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(10));
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.APPLIED);
  }

  @Test
  void readsWithoutAnswer_keepTheCallerNoLongerThanTheSettleWait() {
    ncp.script.add(
        change -> {
          ncp.leaveReadsUnanswered(time);
          return Uni.createFrom().failure(FakeGateway.lost());
        });

    Asked asked = new Asked(EDIT);
    time.advance(Duration.ofSeconds(5));

    assertThat(asked.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN);
  }

  @Test
  void firstLookAtWhatNcpTook_hasItsTime() {
    ncp.script.add(
        change -> {
          ncp.slowDownReads(time, Duration.ofSeconds(8));
          ncp.effect(change);
          return Uni.createFrom().item(new Receipt(null, 204, 1, Duration.ZERO, false));
        });

    Asked asked = new Asked(ATTACH);
    time.advance(Duration.ofSeconds(8));

    assertThat(asked.done.outcome()).isEqualTo("applied");
  }

  @Test
  void lookThatEndsWithTheWait_leavesWhatTheOneBeforeItFound() {
    ncp.script.add(
        change -> {
          ncp.slowDownReads(time, Duration.ofMillis(350));
          return Uni.createFrom().item(new Receipt(null, 204, 1, Duration.ZERO, false));
        });

    Asked asked = new Asked(ATTACH);
    time.advance(Duration.ofSeconds(6));

    assertThat(asked.code()).isEqualTo(ErrorCode.NOT_IN_EFFECT);
    assertThat(book.last().after()).isNotNull();
  }

  @Test
  void answerAfterTheCallersDeadline_isLookedAtAllTheSame() {
    ncp.script.add(
        change ->
            Uni.createFrom()
                .item(new Receipt(null, 204, 1, Duration.ZERO, false))
                .invoke(taken -> ncp.effect(change))
                .onItem()
                .delayIt()
                .onExecutor(time)
                .by(Duration.ofSeconds(31)));

    Asked asked = new Asked(ATTACH);
    time.advance(Duration.ofSeconds(32));

    assertThat(asked.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED);
  }

  @Test
  void lostCreate_isAdoptedWhenItsPlanIsSeen() {
    lose();
    Asked asked = new Asked(CREATE);
    time.advance(Duration.ofSeconds(1));
    assertThat(asked.done).isNull();

    ncp.effect(CREATE);
    time.advance(Duration.ofSeconds(2));

    assertThat(asked.done.outcome()).isEqualTo("adopted");
    assertThat(asked.done.after().text("usagePlanId")).isEqualTo("newplan001");
    assertThat(ncp.sent).hasSize(1);
  }

  @Test
  void lostCreate_sentAgainAfterARefusal_holdsItsNameNoLongerThanItIsUnseen() {
    ncp.script.add(
        change -> {
          ncp.effect(change);
          return Uni.createFrom().failure(FakeGateway.lost().after(2, 1, true));
        });

    assertThat(new Asked(CREATE).done.outcome()).isEqualTo("adopted");

    assertThat(new Asked(CREATE).code()).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
    time.advance(Duration.ofSeconds(71));
    assertThat(book.rows).extracting(AuditRow::phase).doesNotContain(Phase.NOTE);
    assertThat(book.rows).extracting(AuditRow::mayLandUntil).containsOnlyNulls();
  }

  @Test
  void lostCreate_withTwoNewPlans_isNotGuessed() {
    lose();
    new Asked(CREATE);
    ncp.effect(CREATE);
    ncp.plans.put("other00001", FakeGateway.plan("other00001", "N", 3));

    time.advance(Duration.ofSeconds(80));

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN);
    assertThat(book.last().after())
        .containsEntry("usagePlanIds", List.of("newplan001", "other00001"));
  }

  @Test
  void lostCreate_withANewPlanThatNcpCannotBeAskedAbout_isNotAdopted() {
    lose();
    new Asked(CREATE);
    ncp.plans.put("new/plan", FakeGateway.plan("new/plan", "N", 3));

    time.advance(Duration.ofSeconds(80));

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN);
    assertThat(book.last().after()).containsEntry("usagePlanIds", List.of("new/plan"));
  }

  @Test
  void create_besideAPlanOfItsNameWithoutAnId_isNotSent() {
    ncp.plans.put("", FakeGateway.plan(null, "N", 3));

    assertThat(new Asked(CREATE).code()).isEqualTo(ErrorCode.UPSTREAM_UNREADABLE);
    assertThat(ncp.sent).isEmpty();
  }

  @Test
  void lostCreate_seenLongAfterItsHorizon_isAdoptedThen() {
    lose();
    new Asked(CREATE);
    time.advance(Duration.ofSeconds(80));
    assertThat(book.last().detail()).isEqualTo("not-seen-by-horizon");

    ncp.effect(CREATE);
    time.advance(Duration.ofMinutes(10));

    assertThat(book.last().outcome()).isEqualTo(Outcome.ADOPTED);
  }

  @Test
  void lostCreate_neverSeen_isGivenUpAfterTheLastLook() {
    lose();
    new Asked(CREATE);
    try (CapturedLog log = new CapturedLog()) {
      time.advance(Duration.ofHours(25));
      assertThat(log.lines()).anyMatch(line -> line.endsWith(" ends unknown: never-seen"));
    }

    assertThat(book.last().detail()).isEqualTo("never-seen");
    assertThat(book.last().closed()).isTrue();
    assertThat(ncp.sent).hasSize(1);
  }

  @Test
  void delete_thatMeets404AfterAnUnansweredAttempt_isApplied() {
    ncp.script.add(
        change -> {
          ncp.effect(change);
          return Uni.createFrom().failure(FakeGateway.answered(404).after(2, 1, true));
        });

    assertThat(new Asked(DELETE).done.outcome()).isEqualTo("applied");
  }

  @Test
  void delete_thatMeets404AtOnce_isRejected() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.answered(404)));

    assertThat(new Asked(DELETE).code()).isEqualTo(ErrorCode.UPSTREAM_NOT_FOUND);
    assertThat(book.outcomes()).containsExactly(Outcome.REJECTED);
  }

  @Test
  void attach_thatFailedAndIsNotThere_isSentAgain() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.answered(500)));

    Asked asked = new Asked(ATTACH);
    time.advance(Duration.ofSeconds(2));

    assertThat(asked.done.outcome()).isEqualTo("applied");
    assertThat(ncp.sent).hasSize(2);
    assertThat(book.last().upstream().attempts()).isEqualTo(2);
  }

  @Test
  void attach_thatFailedAndIsThere_isNotSentAgain() {
    ncp.script.add(
        change -> {
          ncp.effect(change);
          return Uni.createFrom().failure(FakeGateway.answered(500));
        });

    Asked asked = new Asked(ATTACH);
    time.advance(Duration.ofSeconds(2));

    assertThat(asked.done.outcome()).isEqualTo("applied");
    assertThat(ncp.sent).hasSize(1);
  }

  @Test
  void sameChangeAgain_isSentWithinTheStalenessWindowAndNotAfterIt() {
    new Asked(EDIT);
    assertThat(new Asked(EDIT).done.outcome()).isEqualTo("applied");
    assertThat(ncp.sent).hasSize(2);

    time.advance(Duration.ofSeconds(11));

    assertThat(new Asked(EDIT).done.outcome()).isEqualTo("unchanged");
    assertThat(ncp.sent).hasSize(2);
  }

  @Test
  void outcomeThatCannotBeWritten_doesNotFailWhatHasHappened() {
    book.failing = 3;
    book.failFrom = 1;

    Asked asked = new Asked(EDIT);
    assertThat(asked.done.outcome()).isEqualTo("applied");
    assertThat(book.outcomes()).isEmpty();

    time.advance(Duration.ofSeconds(5));
    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED);
  }

  @Test
  void intentThatCannotBeWritten_stopsTheChange() {
    book.failing = 1;

    assertThat(new Asked(EDIT).code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
    assertThat(ncp.sent).isEmpty();
  }

  @Test
  void intentThatIsNotWrittenByTheDeadline_isGivenUpAndNeverSent() {
    book.held = true;
    Asked asked = new Asked(EDIT);

    time.advance(Duration.ofSeconds(31));
    assertThat(asked.code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(asked.failure.headers()).containsKey("Operation-Id");
    book.held = false;
    book.letGo();

    assertThat(ncp.sent).isEmpty();
    assertThat(book.outcomes()).containsExactly(Outcome.NOT_APPLIED);
  }

  @Test
  void operationLeftOpen_isSettledAndHoldsItsTargetMeanwhile() {
    lose();
    new Asked(EDIT);
    AuditRow intent = book.rows.get(0);
    Changes successor = changes();

    successor.takeOver(List.of(List.of(intent)));
    assertThat(new Asked(successor, edit(9)).code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(101));

    assertThat(book.rows)
        .anyMatch(row -> row.phase() == Phase.RESOLUTION && row.outcome() == Outcome.APPLIED);
    assertThat(new Asked(successor, edit(9)).done.outcome()).isEqualTo("applied");
  }

  @Test
  void operationThatCannotBeMadeOut_staysOpenAndKeepsNoOtherFromBeingSettled() {
    lose();
    new Asked(EDIT);
    AuditRow intent = book.rows.get(0);
    AuditRow unknown =
        AuditRowBuilder.builder(intent)
            .operationId("of-a-newer-version")
            .action("lend-plan")
            .build();
    Changes successor = changes();
    ncp.effect(EDIT);

    try (CapturedLog log = new CapturedLog()) {
      successor.takeOver(List.of(List.of(unknown), List.of(intent)));
      assertThat(log.lines()).anyMatch(line -> line.contains("operation=of-a-newer-version"));
    }
    time.advance(Duration.ofSeconds(100));

    assertThat(book.rows)
        .anyMatch(row -> row.phase() == Phase.RESOLUTION && row.outcome() == Outcome.APPLIED)
        .noneMatch(row -> row.operationId().equals("of-a-newer-version"));
  }

  @Test
  void lookThatBeganBeforeTheHorizon_doesNotProveThatNothingLanded() {
    lose();
    new Asked(EDIT);
    time.advance(Duration.ofSeconds(50));
    ncp.reading = read -> read.onItem().delayIt().onExecutor(time).by(Duration.ofSeconds(25));
    time.advance(Duration.ofSeconds(9));
    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(60));

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void effectJustBeforeTheHorizon_hasTheTimeToBeShown() {
    lose();
    new Asked(EDIT);
    time.advance(Duration.ofSeconds(68));
    assertThat(book.last().outcome()).isEqualTo(Outcome.UNKNOWN);
    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(10));

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void lastLookForALostCreate_isMadeWhenNcpIsBack() {
    lose();
    new Asked(CREATE);
    time.advance(Duration.ofHours(23));
    ncp.readsFail = true;
    time.advance(Duration.ofHours(3));
    assertThat(book.last().closed()).isNull();

    ncp.effect(CREATE);
    ncp.readsFail = false;
    time.advance(Duration.ofSeconds(10));

    assertThat(book.last().outcome()).isEqualTo(Outcome.ADOPTED);
  }

  @Test
  void lostCreateThatWasGivenUpForThen_isTakenOverWhereItsLooksWere() {
    lose();
    new Asked(CREATE);
    time.advance(Duration.ofSeconds(80));
    assertThat(book.last().detail()).isEqualTo("not-seen-by-horizon");
    List<AuditRow> left = List.copyOf(book.rows);
    changes.stop();
    time.advance(Duration.ofHours(23));
    Changes successor = changes();

    successor.takeOver(List.of(left));
    time.advance(Duration.ofMinutes(61));

    assertThat(book.rows).hasSize(left.size() + 1);
    assertThat(book.last().detail()).isEqualTo("never-seen");
  }

  @Test
  void ncpThatIsDownAtTheHorizon_isLookedAtUntilItIsBack() {
    ncp.script.add(change -> ncp.take(change).map(r -> r.after(2, r.duration(), true)));
    new Asked(EDIT);
    ncp.readsFail = true;
    time.advance(Duration.ofSeconds(90));
    assertThat(book.last().mayLandUntil()).isNotNull();

    ncp.readsFail = false;
    time.advance(Duration.ofSeconds(10));

    assertThat(book.last().closed()).isTrue();
  }

  @Test
  void ncpThatIsDownForDays_isLookedAtUntilItIsBack() {
    lose();
    Asked asked = new Asked(EDIT);
    time.advance(Duration.ofSeconds(6));
    ncp.readsFail = true;
    time.advance(Duration.ofDays(4));
    ncp.readsFail = false;
    time.advance(Duration.ofSeconds(10));

    assertThat(asked.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(book.last().outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(new Asked(edit(9)).done.outcome()).isEqualTo("applied");
  }

  @Test
  void auditThatFailsForADay_getsItsRowInTheEndAndTheTargetIsFree() {
    lose();
    new Asked(EDIT);
    time.advance(Duration.ofSeconds(6));
    Logger log = Logger.getLogger(SureJournal.class.getName());
    log.setLevel(Level.OFF);
    try {
      book.failFrom = 2;
      book.failing = 60_000;
      ncp.effect(EDIT);
      time.advance(Duration.ofHours(20));
    } finally {
      log.setLevel(null);
    }

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(new Asked(edit(9)).done.outcome()).isEqualTo("applied");
  }

  @Test
  void settledOperationOfWhichAnAttemptMayLand_holdsItsTargetInTheNextProcess() {
    ncp.script.add(change -> ncp.take(change).map(r -> r.after(2, r.duration(), true)));
    assertThat(new Asked(EDIT).done.outcome()).isEqualTo("applied");
    List<AuditRow> left = List.copyOf(book.rows);
    assertThat(book.last().mayLandUntil()).isEqualTo(time.now().plusSeconds(60));
    changes.stop();
    Changes successor = changes();

    successor.takeOver(List.of(left));
    assertThat(new Asked(successor, edit(9)).code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
    time.advance(Duration.ofSeconds(69));
    assertThat(book.last().closed()).isNull();
    time.advance(Duration.ofSeconds(2));

    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED);
    assertThat(book.last().detail()).isEqualTo("no-attempt-may-land");
    assertThat(book.last().closed()).isTrue();
    assertThat(new Asked(successor, edit(9)).done.outcome()).isEqualTo("applied");
  }

  private void lose() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
  }

  private static Change edit(int rate) {
    return new Change.EditPlan("plan000001", settings("A", rate));
  }

  private static PlanSettings settings(String name, int rate) {
    return new PlanSettings(name, null, new Limits(rate, null, null, null));
  }

  private Changes changes() {
    return changes(ncp, book, Leases.ALONE, Map.of(), time);
  }

  /** Of one replica, in virtual time. */
  static Changes changes(
      FakeGateway ncp, Book book, Leases leases, Map<String, String> settings, VirtualTime time) {
    return new Changes(ncp, ncp, book, book, NO_KEYS, leases, config(settings), time.clock(), time);
  }

  static ChangeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(ChangeConfig.class)
        .build()
        .getConfigMapping(ChangeConfig.class);
  }

  /** A change that was asked for, and what the caller heard. */
  private final class Asked {
    Done done;
    FacadeException failure;

    Asked(Change change) {
      this(changes, change);
    }

    Asked(Changes of, Change change) {
      Origin origin =
          new Origin(Caller.anonymous("127.0.0.1"), "r", time.now().plusSeconds(30), null);
      of.apply(new Wish.Whole(change), Options.NONE, origin)
          .subscribe()
          .with(d -> done = d, f -> failure = (FacadeException) f);
    }

    ErrorCode code() {
      return failure.code();
    }
  }

  /** An audit that can be made to fail, or to take its time. */
  static final class Book implements Journal, Recorded {
    final List<AuditRow> rows = new ArrayList<>();

    /** Those that cannot be made out. */
    final List<AuditRow> spoiled = new ArrayList<>();

    private final VirtualTime time;
    final List<Runnable> waiting = new ArrayList<>();
    int appends;
    int failing;
    int failFrom;
    boolean held;

    Book(VirtualTime time) {
      this.time = time;
    }

    private AuditRow write(AuditRow row) {
      AuditRow written = AuditRowBuilder.builder(row).seq(rows.size() + 1L).at(time.now()).build();
      rows.add(written);
      return written;
    }

    @Override
    public Uni<AuditRow> append(AuditRow row, Rider rider) {
      return Uni.createFrom()
          .emitter(
              emitter -> {
                if (appends++ >= failFrom && failing > 0) {
                  failing--;
                  emitter.fail(new FacadeException(ErrorCode.AUDIT_UNAVAILABLE, "full"));
                } else if (held) {
                  waiting.add(() -> emitter.complete(write(row)));
                } else {
                  emitter.complete(write(row));
                }
              });
    }

    @Override
    public Uni<Optional<List<AuditRow>>> creations(String usagePlanId) {
      List<AuditRow> found =
          rows.stream()
              .filter(row -> row.action().equals("create-plan") && row.after() != null)
              .filter(row -> usagePlanId.equals(row.after().get("usagePlanId")))
              .toList();
      return Uni.createFrom()
          .item(Optional.of(found).filter(all -> all.stream().noneMatch(spoiled::contains)));
    }

    @Override
    public Uni<List<AuditRow>> rows(String operationId) {
      return Uni.createFrom()
          .item(rows.stream().filter(row -> row.operationId().equals(operationId)).toList());
    }

    void letGo() {
      waiting.forEach(Runnable::run);
    }

    AuditRow last() {
      return rows.get(rows.size() - 1);
    }

    List<Outcome> outcomes() {
      return rows.stream().map(AuditRow::outcome).filter(o -> o != null).toList();
    }
  }
}
