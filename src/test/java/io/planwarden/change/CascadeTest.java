package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.StageRef;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.request.Caller;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletions with a detach before them: who waits for whom, and what a killed process leaves. */
class CascadeTest {
  private static final String PLAN = "plan000001";
  private static final Change DETACH = new Change.DetachStage(new StageRef("p", "a", "s"), PLAN);
  private static final Change DELETE = new Change.DeletePlan(PLAN);
  private static final Change ATTACH = new Change.AttachStage(new StageRef("p", "a", "t"), PLAN);

  private final VirtualTime time = new VirtualTime();
  private final FakeGateway ncp = new FakeGateway();
  private final ChangesTest.Book book = new ChangesTest.Book(time);
  private final Changes changes = changes();
  private final List<Object> heard = new ArrayList<>();

  @BeforeEach
  void attach() {
    ncp.attached.add(PLAN);
  }

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void steps_areOperationsBetweenIntentAndOutcomeOfTheirParent() {
    cascade();

    assertThat(ncp.sent).containsExactly(DETACH, DELETE);
    assertThat(book.rows)
        .extracting(AuditRow::action)
        .containsExactly("delete-plan", "detach-stage", "detach-stage", "delete-plan");
    String parent = book.rows.get(0).operationId();
    assertThat(book.rows)
        .extracting(AuditRow::parentOperationId)
        .containsExactly(null, parent, parent, null);
    assertThat(book.outcomes()).containsExactly(Outcome.APPLIED, Outcome.APPLIED);
    assertThat(book.rows.get(0).before()).containsKey("stages");
  }

  @Test
  void attachElsewhere_waitsUntilThePlanIsGone() {
    List<UniEmitter<? super Receipt>> answers = new ArrayList<>();
    ncp.script.add(change -> Uni.createFrom().emitter(answers::add));
    cascade();

    apply(changes, new Wish.Whole(ATTACH));
    assertThat(ncp.sent).containsExactly(DETACH);
    ncp.effect(DETACH);
    answers.get(0).complete(new Receipt(null, 204, 1, Duration.ZERO, false));

    assertThat(ncp.sent).startsWith(DETACH, DELETE);
  }

  @Test
  void stepThatIsRefused_stopsTheDeletion() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.answered(400)));

    cascade();

    assertThat(ncp.sent).containsExactly(DETACH);
    assertThat(book.outcomes()).containsExactly(Outcome.REJECTED, Outcome.NOT_APPLIED);
    FacadeException told = (FacadeException) heard.get(0);
    assertThat(told.code()).isEqualTo(ErrorCode.UPSTREAM_REJECTED);
    assertThat(told.members())
        .containsEntry("operationId", book.rows.get(0).operationId())
        .containsEntry("stoppedAt", book.rows.get(1).operationId());
    assertThat(told.headers()).containsEntry("Operation-Outcome", "not_applied");
  }

  @Test
  void stepThatIsRefusedPastTheDeadline_isStillLookedAt() {
    Duration late = Duration.ofSeconds(31);
    ncp.script.add(
        change ->
            Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .onExecutor(time)
                .by(late)
                .chain(() -> Uni.createFrom().failure(FakeGateway.answered(400))));

    cascade();
    time.advance(late);

    assertThat(book.outcomes()).containsExactly(Outcome.REJECTED, Outcome.NOT_APPLIED);
    assertThat(ncp.lastLook.deadline()).isAfter(time.now());
  }

  @Test
  void killedBetweenItsSteps_isSettledAndNeverGoneOnWith() {
    cascade();
    List<AuditRow> left = List.copyOf(book.rows.subList(0, 2));
    ncp.plans.put(PLAN, FakeGateway.plan(PLAN, "A", 1));
    ncp.sent.clear();
    Changes successor = changes();

    successor.takeOver(List.of(List.of(left.get(0)), List.of(left.get(1))));
    time.advance(Duration.ofSeconds(20));
    assertThat(resolution("detach-stage").outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(resolution("detach-stage").parentOperationId()).isEqualTo(left.get(0).operationId());
    // The step is settled; its parent may still land.
    apply(successor, new Wish.Whole(ATTACH));
    assertThat(((FacadeException) heard.get(1)).code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);

    time.advance(Duration.ofSeconds(100));
    AuditRow end = resolution("delete-plan");
    assertThat(end.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(end.request()).isEqualTo(Map.of("cascade", true));
    assertThat(ncp.sent).isEmpty();
  }

  @Test
  void killedWhenThePlanIsGone_isApplied() {
    cascade();
    AuditRow intent = book.rows.get(0);

    changes().takeOver(List.of(List.of(intent)));
    time.advance(Duration.ofSeconds(100));

    assertThat(resolution("delete-plan").outcome()).isEqualTo(Outcome.APPLIED);
  }

  @Test
  void reversal_readsItsTargetWhateverConfigurationSays() {
    Changes unread =
        ChangesTest.changes(
            ncp, book, Leases.ALONE, Map.of("planwarden.change.before-read", "false"), time);
    Image before = Image.of(Map.of("attached", true));
    Image after = Image.of(Map.of("attached", false));

    apply(unread, new Reversal("01ARZ3NDEKTSV4RRFFQ69G5FAV", ATTACH, before, after));

    assertThat(((FacadeException) heard.get(0)).code())
        .isEqualTo(ErrorCode.REVERTED_TARGET_CHANGED);
    assertThat(book.last().before()).isEqualTo(Map.of("attached", true));
  }

  private AuditRow resolution(String action) {
    return book.rows.stream()
        .filter(row -> row.phase() == Phase.RESOLUTION && row.action().equals(action))
        .findFirst()
        .orElseThrow();
  }

  private void cascade() {
    apply(changes, new Wish.Cascade(PLAN));
  }

  private void apply(Changes of, Wish wish) {
    Origin origin =
        new Origin(Caller.anonymous("127.0.0.1"), "r", time.now().plusSeconds(30), null);
    of.apply(wish, Options.NONE, origin).subscribe().with(heard::add, heard::add);
  }

  private Changes changes() {
    return ChangesTest.changes(ncp, book, Leases.ALONE, Map.of(), time);
  }
}
