package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.request.Caller;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes with the before-read and the read-back switched off: what is still read, and said. */
class UnreadTest {
  private static final PlanSettings SETTINGS =
      new PlanSettings("A", null, new Limits(2, null, null, null));
  private static final Change EDIT = new Change.EditPlan("plan000001", SETTINGS);
  private static final Change ATTACH =
      new Change.AttachStage(new StageRef("p", "a", "s"), "plan000001");
  private static final Wish PATCH =
      new PlanPatch("plan000001", Map.of("usagePlanName", "B"), new TreeSet<>());
  private static final Caller CALLER = Caller.anonymous("127.0.0.1");

  private final VirtualTime time = new VirtualTime();
  private final FakeGateway ncp = new FakeGateway();
  private final ChangesTest.Book book = new ChangesTest.Book(time);
  private final Changes changes =
      ChangesTest.changes(
          ncp,
          book,
          Leases.ALONE,
          Map.of(
              "planwarden.change.before-read", "false",
              "planwarden.change.read-back", "false"),
          time);
  private FacadeException failure;

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void edit_asksNcpOnceAndRecordsItsAnswer() {
    assertThat(apply(EDIT).outcome()).isEqualTo("applied");

    assertThat(ncp.looks).isZero();
    assertThat(book.rows).extracting(AuditRow::unread).containsOnly(List.of("before"));
    assertThat(book.last().before()).isNull();
    assertThat(book.last().after()).containsEntry("rateRps", 2L);
    assertThat(book.last().changed()).isNull();
  }

  @Test
  void attach_takesNcpAtItsWordAndRecordsNoImage() {
    Done done = apply(ATTACH);

    assertThat(done.after().get("attached")).isEqualTo(true);
    assertThat(ncp.looks).isZero();
    assertThat(book.last().after()).isNull();
    assertThat(book.last().unread()).containsExactly("before", "after");
  }

  @Test
  void attach_sentTwice_isLookedAt() {
    ncp.script.add(
        change -> {
          ncp.effect(change);
          return Uni.createFrom().item(new Receipt(null, 204, 2, Duration.ZERO, true));
        });

    assertThat(apply(ATTACH).outcome()).isEqualTo("applied");

    assertThat(ncp.looks).isPositive();
    assertThat(book.last().after()).containsEntry("attached", true);
  }

  @Test
  void attach_sentAgainAfterALook_isLookedAt() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.answered(500)));

    apply(ATTACH);
    time.advance(Duration.ofSeconds(2));

    assertThat(ncp.sent).hasSize(2);
    assertThat(book.last().after()).containsEntry("attached", true);
  }

  @Test
  void lostEdit_isNeverSaidToBeNotApplied() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));

    apply(EDIT);
    time.advance(Duration.ofSeconds(80));

    // Nobody knows whether it is as it was before.
    assertThat(book.last().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(book.last().closed()).isTrue();
  }

  @Test
  void lostEdit_thatCannotBeLookedAt_isNotSaidToHaveLeftNothing() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
    ncp.readsFail = true;

    apply(EDIT);
    time.advance(Duration.ofSeconds(6));

    assertThat(book.last().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(book.last().unread()).containsExactly("before", "after");
  }

  @Test
  void lostEdit_leftOpenByAnotherProcess_isNeverSaidToBeNotApplied() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
    apply(EDIT);
    AuditRow intent = book.rows.get(0);
    book.rows.clear();
    ncp.plans.clear();

    changes.takeOver(List.of(List.of(intent)));
    time.advance(Duration.ofSeconds(200));

    assertThat(book.rows).extracting(AuditRow::outcome).doesNotContain(Outcome.NOT_APPLIED);
    assertThat(book.last().phase()).isEqualTo(Phase.RESOLUTION);
  }

  @Test
  void createsDeletesAndDefaultLimits_areReadAllTheSame() {
    apply(new Change.CreatePlan(new PlanSettings("N", null, SETTINGS.limits())));
    assertThat(book.rows.get(0).before()).isNotNull();
    assertThat(book.last().after()).isNotNull();

    apply(new Change.DeletePlan("plan000001"));
    assertThat(book.last().before()).isNotNull();

    int looks = ncp.looks;
    apply(new Change.SetDefaultLimits(new StageRef("p", "a", "s"), SETTINGS.limits()));
    assertThat(ncp.looks).isGreaterThan(looks);
  }

  @Test
  void patchRightAfterAnUnreadEdit_waitsUntilNcpShowsWhatThatLeft() {
    Changes readingBack =
        ChangesTest.changes(
            ncp, book, Leases.ALONE, Map.of("planwarden.change.before-read", "false"), time);
    UsagePlan first = ncp.plans.get("plan000001");
    apply(readingBack, new Wish.Whole(EDIT));
    ncp.reading = answer -> Uni.createFrom().item(first);

    apply(readingBack, PATCH);
    time.advance(Duration.ofSeconds(6));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_BUSY);
    ncp.reading = answer -> answer;
    apply(readingBack, PATCH);

    assertThat(ncp.plans.get("plan000001")).isEqualTo(FakeGateway.plan("plan000001", "B", 2));
  }

  @Test
  void patchRightAfterAnEditOfWhichNothingWasRead_waitsUntilNcpMustShowIt() {
    ncp.script.add(
        change -> {
          ncp.effect(change);
          return Uni.createFrom().item(new Receipt(null, 200, 1, Duration.ZERO, false));
        });
    apply(EDIT);

    apply(changes, PATCH);
    time.advance(Duration.ofSeconds(6));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_BUSY);
    time.advance(Duration.ofSeconds(5));
    apply(changes, PATCH);

    assertThat(ncp.plans.get("plan000001")).isEqualTo(FakeGateway.plan("plan000001", "B", 2));
  }

  private Done apply(Change change) {
    return apply(changes, new Wish.Whole(change));
  }

  private Done apply(Changes of, Wish wish) {
    Done[] done = new Done[1];
    Origin origin = new Origin(CALLER, "r", time.now().plusSeconds(30), null);
    of.apply(wish, Options.NONE, origin)
        .subscribe()
        .with(d -> done[0] = d, f -> failure = (FacadeException) f);
    return done[0];
  }
}
