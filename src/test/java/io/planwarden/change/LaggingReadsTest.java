package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.request.Caller;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is decided while NCP's reads do not show yet what it did. */
class LaggingReadsTest {
  private static final StageRef STAGE = new StageRef("p", "a", "s");
  private static final Change ATTACH = new Change.AttachStage(STAGE, "plan000001");

  private static final Change DETACH = new Change.DetachStage(STAGE, "plan000001");
  private static final Change DELETE = new Change.DeletePlan("plan000001");
  private static final Change CREATE =
      new Change.CreatePlan(new PlanSettings("N", null, new Limits(3, null, null, null)));
  private static final Limits EDIT_LIMITS = new Limits(2, null, null, null);
  private static final Change EDIT =
      new Change.EditPlan("plan000001", new PlanSettings("A", null, EDIT_LIMITS));
  private static final Change EDIT_BACK =
      new Change.EditPlan(
          "plan000001", new PlanSettings("A", null, new Limits(1, null, null, null)));

  private static final Wish RENAMING =
      new PlanPatch("plan000001", Map.of("usagePlanName", "B"), new TreeSet<>());

  private final VirtualTime time = new VirtualTime();
  private final FakeGateway ncp = new FakeGateway();
  private final ChangesTest.Book book = new ChangesTest.Book(time);
  private final Changes changes = changes();

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void refusalOfASecondSending_doesNotProveThatTheFirstHadNoEffect() {
    fail(FakeGateway.answered(500));
    showAndFail(FakeGateway.answered(409));

    assertThat(settled(ATTACH).outcome()).isEqualTo("applied");
    assertThat(ncp.sent).hasSize(2);
  }

  @Test
  void secondSendingThatWasHeldBack_doesNotProveThatTheFirstHadNoEffect() {
    fail(FakeGateway.answered(500));
    showAndFail(
        UpstreamFailure.heldBack(ErrorCode.UPSTREAM_BUSY, "no turn", Duration.ofSeconds(1)));

    assertThat(settled(ATTACH).outcome()).isEqualTo("applied");
  }

  @Test
  void refusalOfASecondSending_isNotAppliedOnlyPastTheHorizon() {
    fail(FakeGateway.answered(500));
    fail(FakeGateway.answered(409));

    new Asked(ATTACH);
    time.advance(Duration.ofSeconds(69));
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN);
    time.advance(Duration.ofSeconds(10));

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.NOT_APPLIED);
  }

  @Test
  void unansweredChangeOfWhatWasSoBefore_holdsItsTargetUntilTheHorizon() {
    new Asked(ATTACH);
    fail(FakeGateway.lost());

    // Sent although the key has the plan, because that was attached a moment ago.
    assertThat(settled(assignmentOf("plan000001")).outcome()).isEqualTo("applied");

    assertThat(new Asked(DETACH).failure.code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
    time.advance(Duration.ofSeconds(71));
    assertThat(new Asked(DETACH).done.outcome()).isEqualTo("applied");
  }

  @Test
  void unansweredChangeOfWhatWasSoBefore_thatIsSeenLater_holdsItsTargetUntilTheHorizon() {
    new Asked(ATTACH);
    loseUnseen();
    new Asked(assignmentOf("plan000001"));
    time.advance(Duration.ofSeconds(6));
    ncp.readsFail = false;
    time.advance(Duration.ofSeconds(10));
    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED, Outcome.UNKNOWN, Outcome.APPLIED);

    assertThat(new Asked(DETACH).failure.code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
    time.advance(Duration.ofSeconds(61));
    assertThat(new Asked(DETACH).done.outcome()).isEqualTo("applied");
  }

  @Test
  void unansweredEditThatNamesWhatWasSoBefore_holdsItsTargetUntilTheHorizon() {
    ncp.plans.put("plan000001", withQuota());
    fail(FakeGateway.lost());

    // Sent although all that it names is so, because it leaves members unnamed.
    assertThat(new Asked(EDIT).done.outcome()).isEqualTo("applied");

    assertThat(new Asked(DELETE).failure.code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
  }

  @Test
  void unansweredChangeThatWasSeenToTakeEffect_holdsNothing() {
    showAndFail(FakeGateway.lost());

    assertThat(settled(ATTACH).outcome()).isEqualTo("applied");

    assertThat(new Asked(DETACH).done.outcome()).isEqualTo("applied");
  }

  private Done settled(Change change) {
    Asked asked = new Asked(change);
    time.advance(Duration.ofSeconds(2));
    return asked.done;
  }

  private static UsagePlan withQuota() {
    return new UsagePlan(
        "plan000001", "A", null, 2, 10L, 100L, null, null, null, null, null, null, null, null);
  }

  @Test
  void planThatWasMadeAndDeletedAMomentAgo_isNotFound() {
    new Asked(CREATE);
    assertThat(new Asked(new Change.DeletePlan("newplan001")).done.outcome()).isEqualTo("applied");

    Asked again = new Asked(new Change.DeletePlan("newplan001"));

    assertThat(again.failure.code()).isEqualTo(ErrorCode.USAGE_PLAN_NOT_FOUND);
  }

  @Test
  void editOfAPlanThatWasMadeAMomentAgo_waitsUntilNcpShowsThePlan() {
    new Asked(CREATE);
    UsagePlan made = ncp.plans.remove("newplan001");
    Change edit = new Change.EditPlan("newplan001", new PlanSettings("N", null, EDIT_LIMITS));
    assertThat(new Asked(edit).failed().code()).isEqualTo(ErrorCode.TARGET_BUSY);

    Asked asked = new Asked(edit);
    ncp.plans.put("newplan001", made);
    time.advance(Duration.ofSeconds(1));

    assertThat(asked.done.outcome()).isEqualTo("applied");
    assertThat(book.last().before()).containsEntry("rateRps", 3L);
  }

  @Test
  void editOfWhatNcpDidNotShowYet_isNotOnRecordWithWhatWasBefore() {
    UsagePlan first = ncp.plans.get("plan000001");
    new Asked(EDIT);
    ncp.reading = answer -> Uni.createFrom().item(first);
    Limits limits = new Limits(3, null, null, null);

    new Asked(new Change.EditPlan("plan000001", new PlanSettings("A", null, limits)));

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(book.last().before()).isNull();
    assertThat(book.last().unread()).containsExactly("before");
    assertThat(book.last().after()).containsEntry("rateRps", 3L);
  }

  @Test
  void editBackThatFailed_isNotAppliedBecauseNcpShowsTheTimeBefore() {
    UsagePlan first = ncp.plans.get("plan000001");
    new Asked(EDIT);
    ncp.reading = answer -> Uni.createFrom().item(first);
    fail(FakeGateway.answered(500));

    Asked back = new Asked(EDIT_BACK);
    time.advance(Duration.ofSeconds(9));

    assertThat(back.failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED, Outcome.UNKNOWN);
    ncp.reading = answer -> answer;
    time.advance(Duration.ofSeconds(70));
    assertThat(book.outcomes()).containsOnlyOnce(Outcome.APPLIED);
  }

  @Test
  void editBackThatFailedAndTookEffect_isAppliedOnceNothingElseCanBeShown() {
    new Asked(EDIT);
    showAndFail(FakeGateway.answered(500));

    new Asked(EDIT_BACK);
    time.advance(Duration.ofSeconds(9));
    assertThat(book.last().outcome()).isEqualTo(Outcome.UNKNOWN);
    time.advance(Duration.ofSeconds(10));

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void deletionOfAPlanThatNcpShowsAsItWas_waitsToKnowWhatItDeletes() {
    UsagePlan first = ncp.plans.get("plan000001");
    new Asked(EDIT);
    UnaryOperator<Uni<?>> lagging = answer -> answer.map(a -> a instanceof UsagePlan ? first : a);
    ncp.reading = lagging;
    assertThat(new Asked(DELETE).failed().code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(ncp.sent).containsExactly(EDIT);

    Asked deletion = new Asked(new Wish.Cascade("plan000001"));
    ncp.reading = answer -> answer;
    time.advance(Duration.ofSeconds(1));

    assertThat(deletion.done.outcome()).isEqualTo("applied");
    assertThat(book.last().before()).containsEntry("rateRps", 2L);
  }

  @Test
  void defaultLimitsThatNcpDoesNotShowYet_areNotOnRecordAsBefore() {
    ncp.limits = EDIT_LIMITS;
    new Asked(new Change.SetDefaultLimits(STAGE, new Limits(3, null, null, null)));
    Limits now = new Limits(4, null, null, null);
    Limits lagging = EDIT_LIMITS;
    ncp.reading = answer -> ncp.limits.equals(now) ? answer : Uni.createFrom().item(lagging);

    new Asked(new Change.SetDefaultLimits(STAGE, now));

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(book.last().unread()).contains("before");
  }

  @Test
  void detachOfWhatNcpDoesNotShowYet_isNotOnRecordWithWhatWasBefore() {
    new Asked(ATTACH);
    ncp.attached.clear();

    assertThat(new Asked(DETACH).done.outcome()).isEqualTo("applied");

    assertThat(book.last().unread()).contains("before");
  }

  @Test
  void attachOfWhatWeAttachedAMomentAgo_isNotSentAgain() {
    new Asked(ATTACH);
    new Asked(EDIT);

    assertThat(new Asked(ATTACH).done.outcome()).isEqualTo("unchanged");
    new Asked(DETACH);
    ncp.attached.add("plan000001");
    assertThat(new Asked(ATTACH).done.outcome()).isEqualTo("applied");
  }

  @Test
  void attachThatFailed_isSentAgainThoughNcpShowsTheTimeBeforeTheDetach() {
    ncp.effect(ATTACH);
    new Asked(DETACH);
    ncp.attached.add("plan000001");
    fail(FakeGateway.answered(500));

    assertThat(settled(ATTACH).outcome()).isEqualTo("applied");

    assertThat(ncp.sent).containsExactly(DETACH, ATTACH, ATTACH);
  }

  @Test
  void assignmentThatNcpDoesNotShowYet_isNeitherOnRecordAsBeforeNorReverted() {
    ncp.attached.addAll(List.of("plan000001", "plan000002", "plan000003"));
    new Asked(assignmentOf("plan000002"));
    Reversal reversal =
        new Reversal(
            book.last().operationId(),
            assignmentOf("plan000001"),
            Image.of(Map.of("usagePlanId", "plan000001")),
            Image.of(Map.of("usagePlanId", "plan000002")));
    ncp.assigned = "plan000001";
    new Asked(assignmentOf("plan000003"));
    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(book.last().unread()).contains("before");
    ncp.assigned = "plan000002";

    Asked revert = new Asked(reversal);
    time.advance(Duration.ofSeconds(1));
    assertThat(revert.failure).isNull();
    ncp.assigned = "plan000003";

    assertThat(revert.failed().code()).isEqualTo(ErrorCode.REVERTED_TARGET_CHANGED);
  }

  @Test
  void keyOfWhichNcpCountsMoreThanItLists_isNotProvedToHaveNoPlan() {
    ncp.attached.add("plan000001");
    ncp.assigned = null;
    ncp.script.add(
        change -> {
          ncp.effect(change);
          ncp.reading = answer -> answer.map(LaggingReadsTest::withoutItems);
          return Uni.createFrom().failure(FakeGateway.lost());
        });

    new Asked(assignmentOf("plan000001"));
    time.advance(Duration.ofSeconds(90));
    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN);
    ncp.reading = answer -> answer;
    time.advance(Duration.ofSeconds(10));

    assertThat(book.outcomes()).containsExactly(Outcome.UNKNOWN, Outcome.APPLIED);
  }

  private static Object withoutItems(Object answer) {
    return answer instanceof Page<?> page ? new Page<>(List.of(), page.total()) : answer;
  }

  @Test
  void editBack_isSentThoughTheLookThatShowsItEndedWhenReadsLagNoLonger() {
    UsagePlan first = ncp.plans.get("plan000001");
    new Asked(EDIT);
    ncp.slowDownReads(time, Duration.ofSeconds(11));
    UnaryOperator<Uni<?>> slow = ncp.reading;
    ncp.reading = answer -> slow.apply(Uni.createFrom().item(first));

    Asked back = new Asked(EDIT_BACK);
    time.advance(Duration.ofSeconds(11));

    assertThat(back.done.outcome()).isEqualTo("applied");
    assertThat(back.done.changedOutside()).isEmpty();
    assertThat(book.last().unread()).containsExactly("before");
    assertThat(ncp.sent).containsExactly(EDIT, EDIT_BACK);
  }

  @Test
  void editBackThatFailed_isNotAppliedByALookThatEndedWhenReadsLagNoLonger() {
    UsagePlan first = ncp.plans.get("plan000001");
    new Asked(EDIT);
    Instant shown = time.now().plusSeconds(10);
    ncp.reading = answer -> Uni.createFrom().item(first);
    ncp.script.add(
        change -> {
          ncp.slowDownReads(time, Duration.ofSeconds(9));
          UnaryOperator<Uni<?>> slow = ncp.reading;
          ncp.reading =
              answer ->
                  slow.apply(time.now().isBefore(shown) ? Uni.createFrom().item(first) : answer);
          return Uni.createFrom().failure(FakeGateway.answered(500));
        });

    new Asked(EDIT_BACK);
    time.advance(Duration.ofSeconds(90));

    assertThat(book.outcomes()).containsOnlyOnce(Outcome.APPLIED);
  }

  @Test
  void assignmentThatNcpDoesNotShowYet_isNotOnRecordAsBeforeHoweverLongTheGuardTakes() {
    ncp.attached.addAll(List.of("plan000002", "plan000003"));
    new Asked(assignmentOf("plan000002"));
    ncp.assigned = "plan000001";
    slowDown(StagePlans.class);

    new Asked(assignmentOf("plan000003"));
    time.advance(Duration.ofSeconds(11));

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(book.last().unread()).contains("before");
  }

  @Test
  void nameAndStageThatAreNotListedYet_areTakenHoweverLongTheListTakes() {
    new Asked(CREATE);
    new Asked(ATTACH);
    ncp.plans.remove("newplan001");
    ncp.attached.clear();
    slowDown(Page.class);

    Asked creation = new Asked(CREATE);
    Asked deletion = new Asked(DELETE);
    time.advance(Duration.ofSeconds(11));

    assertThat(creation.failure.code()).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
    assertThat(deletion.failure.code()).isEqualTo(ErrorCode.PLAN_IN_USE);
  }

  /** From now on reads with such an answer are answered when reads lag no longer. */
  private void slowDown(Class<?> answers) {
    Uni<Void> wait =
        Uni.createFrom().voidItem().onItem().delayIt().onExecutor(time).by(Duration.ofSeconds(11));
    ncp.reading =
        answer ->
            answer.onItem().call(a -> answers.isInstance(a) ? wait : Uni.createFrom().voidItem());
  }

  @Test
  void assignmentRightAfterAnAttach_isSentHoweverLongTheLookTakes() {
    new Asked(ATTACH);
    ncp.slowDownReads(time, Duration.ofSeconds(11));

    new Asked(assignmentOf("plan000001"));
    time.advance(Duration.ofSeconds(25));

    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(ncp.sent).containsExactly(ATTACH, assignmentOf("plan000001"));
  }

  private static Change assignmentOf(String usagePlanId) {
    return new Change.AssignPlan(STAGE, "key0000001", usagePlanId);
  }

  @Test
  void changeThatWasSeenLate_isNotUndoneByAPatchOfWhatWasBefore() {
    fail(FakeGateway.lost());
    new Asked(EDIT);
    time.advance(Duration.ofSeconds(40));
    UsagePlan before = ncp.plans.get("plan000001");
    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(7));
    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);

    ncp.plans.put("plan000001", before);
    Asked patch = new Asked(RENAMING);
    time.advance(Duration.ofSeconds(1));
    ncp.effect(EDIT);
    time.advance(Duration.ofSeconds(2));

    assertThat(patch.done.after().limits().rateRps()).isEqualTo(2);
  }

  @Test
  void whatTheProcessBeforeDid_countsForTheNextOne() {
    UsagePlan first = ncp.plans.get("plan000001");
    new Asked(EDIT);
    new Asked(ATTACH);
    new Asked(CREATE);
    List<AuditRow> effects =
        book.rows.stream().filter(row -> row.outcome() == Outcome.APPLIED).toList();
    Changes successor = changes();
    time.advance(Duration.ofSeconds(2));
    successor.learn(effects);
    ncp.attached.clear();
    ncp.plans.remove("newplan001");

    assertThat(new Asked(successor, DELETE).failure.code()).isEqualTo(ErrorCode.PLAN_IN_USE);
    assertThat(new Asked(successor, CREATE).failure.code()).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
    ncp.reading = answer -> Uni.createFrom().item(first);
    assertThat(new Asked(successor, RENAMING).failed().code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(new Asked(successor, EDIT_BACK).done.outcome()).isEqualTo("applied");
  }

  @Test
  void whatTheProcessBeforeDid_countsNoLongerThanForThatOne() {
    new Asked(CREATE);
    Changes successor = changes();
    time.advance(Duration.ofSeconds(8));
    successor.learn(List.of(book.last()));
    time.advance(Duration.ofSeconds(3));
    ncp.plans.remove("newplan001");

    assertThat(new Asked(successor, CREATE).done.outcome()).isEqualTo("applied");
  }

  @Test
  void oppositeOfAChangeThatWasSeenLate_isSentWithinTheStalenessWindow() {
    loseUnseen();
    new Asked(ATTACH);
    time.advance(Duration.ofSeconds(40));
    ncp.readsFail = false;
    ncp.effect(ATTACH);
    time.advance(Duration.ofSeconds(7));
    assertThat(book.last().outcome()).isEqualTo(Outcome.APPLIED);

    ncp.attached.clear();
    new Asked(DETACH);

    assertThat(ncp.sent).containsExactly(ATTACH, DETACH);
  }

  @Test
  void planThatAnotherOperationMade_isNotAdoptedByALostCreate() {
    String lost = lostAndMadeByAnother();

    time.advance(Duration.ofMinutes(20));
    changes.takeOver(List.of(rows(lost)));
    time.advance(Duration.ofSeconds(70));
    assertThat(rows(lost)).noneMatch(row -> row.outcome() == Outcome.ADOPTED);

    // What made it long after is.
    ncp.plans.put("other00001", FakeGateway.plan("other00001", "N", 3));
    time.advance(Duration.ofHours(24));
    assertThat(rows(lost))
        .filteredOn(row -> row.outcome() == Outcome.ADOPTED)
        .isNotEmpty()
        .allMatch(row -> row.after().get("usagePlanId").equals("other00001"));
  }

  @Test
  void planWhoseMakingCannotBeMadeOut_isNotAdoptedByALostCreate() {
    String lost = lostAndMadeByAnother();
    book.spoiled.add(book.last());

    time.advance(Duration.ofHours(25));

    assertThat(rows(lost))
        .noneMatch(row -> row.outcome() == Outcome.ADOPTED)
        .last()
        .satisfies(row -> assertThat(row.detail()).isEqualTo("never-seen"));
  }

  @Test
  void planOfTwoLostCreates_isAdoptedByTheLaterOne() {
    fail(FakeGateway.lost());
    new Asked(CREATE);
    String first = book.last().operationId();
    time.advance(Duration.ofSeconds(80));
    loseUnseen();
    new Asked(CREATE);
    String second = book.last().operationId();
    changes.stop();
    Changes successor = changes();
    ncp.readsFail = false;
    ncp.effect(CREATE);

    successor.takeOver(List.of(rows(first), rows(second)));
    time.advance(Duration.ofHours(25));

    assertThat(rows(first)).noneMatch(row -> row.outcome() == Outcome.ADOPTED);
    assertThat(rows(second)).anyMatch(row -> row.outcome() == Outcome.ADOPTED);
  }

  @Test
  void lostCreateRightAfterAnotherOfItsName_holdsTheNameNoLongerThanItIsUnsettled() {
    new Asked(CREATE);
    new Asked(new Change.DeletePlan("newplan001"));
    ncp.script.add(
        change -> {
          ncp.plans.put("newplan002", FakeGateway.plan("newplan002", "N", 3));
          return Uni.createFrom().failure(FakeGateway.lost());
        });

    assertThat(settled(CREATE).outcome()).isEqualTo("adopted");

    assertThat(new Asked(CREATE).failure.code()).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
  }

  @Test
  void editThatRenamesNothing_doesNotTakeItsName() {
    new Asked(EDIT);
    ncp.plans.clear();

    assertThat(
            new Asked(new Change.CreatePlan(new PlanSettings("A", null, EDIT_LIMITS)))
                .done.outcome())
        .isEqualTo("applied");
  }

  @Test
  void nameOfAPlanThatIsNotListedYet_isTaken() {
    new Asked(CREATE);
    UsagePlan made = ncp.plans.remove("newplan001");

    Asked second = new Asked(CREATE);

    assertThat(second.failure.code()).isEqualTo(ErrorCode.PLAN_NAME_EXISTS);
    assertThat(second.failure.members()).containsEntry("usagePlanIds", List.of("newplan001"));
    ncp.plans.put("newplan001", made);
    new Asked(new Change.DeletePlan("newplan001"));
    assertThat(new Asked(CREATE).done.outcome()).isEqualTo("applied");
    time.advance(Duration.ofSeconds(11));
    ncp.plans.remove("newplan001");
    assertThat(new Asked(CREATE).done.outcome()).isEqualTo("applied");
  }

  @Test
  void planWithAStageThatIsNotListedYet_isNotDeleted() {
    new Asked(ATTACH);
    ncp.attached.clear();

    Asked deletion = new Asked(DELETE);

    assertThat(deletion.failure.code()).isEqualTo(ErrorCode.PLAN_IN_USE);
    assertThat(ncp.sent).containsExactly(ATTACH);
    ncp.effect(ATTACH);
    new Asked(DETACH);
    assertThat(new Asked(DELETE).done.outcome()).isEqualTo("applied");
  }

  @Test
  void keyThatHasThePlan_isLeftAloneRightAfterAnotherWasPutOnIt() {
    ncp.attached.add("plan000002");
    new Asked(assignmentOf("plan000002"));

    Change same = new Change.AssignPlan(STAGE, "key0000002", "plan000002");

    assertThat(new Asked(same).done.outcome()).isEqualTo("unchanged");
    assertThat(ncp.sent).hasSize(1);
  }

  @Test
  void planThatIsNotListedOnItsStageYet_isAssigned() {
    new Asked(ATTACH);
    ncp.attached.clear();
    ncp.assigned = "plan000002";

    assertThat(new Asked(assignmentOf("plan000001")).done.outcome()).isEqualTo("applied");

    time.advance(Duration.ofSeconds(11));
    ncp.assigned = "plan000002";
    assertThat(new Asked(assignmentOf("plan000001")).failure.code())
        .isEqualTo(ErrorCode.PLAN_NOT_ON_STAGE);
  }

  @Test
  void stageThatIsNotListedYet_isDetachedBeforeItsPlanIsDeleted() {
    new Asked(ATTACH);
    ncp.attached.clear();

    assertThat(new Asked(new Wish.Cascade("plan000001")).done.outcome()).isEqualTo("applied");

    assertThat(ncp.sent).containsExactly(ATTACH, DETACH, DELETE);
  }

  private Changes changes() {
    return ChangesTest.changes(ncp, book, Leases.ALONE, Map.of(), time);
  }

  private List<AuditRow> rows(String operationId) {
    return book.rows.stream().filter(row -> row.operationId().equals(operationId)).toList();
  }

  /** The operation of a create that was lost, after another one has made a plan of its name. */
  private String lostAndMadeByAnother() {
    fail(FakeGateway.lost());
    new Asked(CREATE);
    String lost = book.last().operationId();
    time.advance(Duration.ofSeconds(80));
    assertThat(new Asked(CREATE).done.outcome()).isEqualTo("applied");
    return lost;
  }

  private void fail(UpstreamFailure failure) {
    ncp.script.add(change -> Uni.createFrom().failure(failure));
  }

  /** The answer is lost, and from then on nothing can be read. */
  private void loseUnseen() {
    ncp.script.add(
        change -> {
          ncp.readsFail = true;
          return Uni.createFrom().failure(FakeGateway.lost());
        });
  }

  /** From then on it shows what an earlier sending did. */
  private void showAndFail(UpstreamFailure failure) {
    ncp.script.add(
        change -> {
          ncp.effect(change);
          return Uni.createFrom().failure(failure);
        });
  }

  /** A change that was asked for, and what the caller heard. */
  private final class Asked {
    Done done;
    FacadeException failure;

    Asked(Change change) {
      this(changes, change);
    }

    Asked(Changes of, Change change) {
      this(of, new Wish.Whole(change));
    }

    Asked(Wish wish) {
      this(changes, wish);
    }

    Asked(Changes of, Wish wish) {
      Origin origin =
          new Origin(Caller.anonymous("127.0.0.1"), "r", time.now().plusSeconds(30), null);
      of.apply(wish, Options.NONE, origin)
          .subscribe()
          .with(d -> done = d, f -> failure = (FacadeException) f);
    }

    /** What the caller has heard when it has waited as long as it may. */
    FacadeException failed() {
      time.advance(Duration.ofSeconds(6));
      return failure;
    }
  }
}
