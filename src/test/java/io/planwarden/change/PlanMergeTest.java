package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.AuditRow;
import io.planwarden.audit.Outcome;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.replica.Leases;
import io.planwarden.request.Caller;
import io.planwarden.request.EntityTags;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes that build on what was read, while NCP's reads lag and after its answers are lost. */
class PlanMergeTest {
  private static final String ID = "plan000001";
  private static final PlanPatch RENAME =
      new PlanPatch(ID, Map.of("usagePlanName", "B"), new TreeSet<>());
  private static final UsagePlan BEFORE = FakeGateway.plan(ID, "A", 1);

  private final VirtualTime time = new VirtualTime();
  private final FakeGateway ncp = new FakeGateway();
  private final ChangesTest.Book book = new ChangesTest.Book(time);
  private final Changes changes = ChangesTest.changes(ncp, book, Leases.ALONE, Map.of(), time);
  private Done done;
  private Throwable failure;

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void patchWhileReadsLag_waitsForOurOwnLastChange() {
    apply(edit("A", 9), Options.NONE);
    ncp.plans.put(ID, BEFORE);

    apply(RENAME, Options.NONE);
    assertThat(ncp.sent).hasSize(1);
    ncp.plans.put(ID, FakeGateway.plan(ID, "A", 9));
    time.advance(Duration.ofSeconds(2));

    assertThat(done.outcome()).isEqualTo("applied");
    assertThat(ncp.plans.get(ID)).isEqualTo(FakeGateway.plan(ID, "B", 9));
    assertThat(done.changedOutside()).isEmpty();
  }

  @Test
  void patchWhileReadsLag_waitsNoLongerForAReadThatHasNoAnswer() {
    apply(edit("A", 9), Options.NONE);
    ncp.plans.put(ID, BEFORE);
    apply(RENAME, Options.NONE);
    ncp.leaveReadsUnanswered(time);

    time.advance(Duration.ofSeconds(5));

    assertThat(((FacadeException) failure).code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(ncp.sent).hasSize(1);
  }

  @Test
  void oldTagWhileReadsLag_isNotTakenForTheCurrentOne() {
    apply(edit("A", 9), Options.NONE);
    ncp.plans.put(ID, BEFORE);

    apply(edit("A", 10), Options.NONE.withIfMatch(condition("A1")));
    time.advance(Duration.ofSeconds(6));

    assertThat(((FacadeException) failure).code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(ncp.sent).hasSize(1);
    // Past the staleness window it is what somebody made of it.
    time.advance(Duration.ofSeconds(10));
    apply(edit("A", 10), Options.NONE.withIfMatch(condition("A1")));
    assertThat(done.changedOutside()).containsExactly("rateRps");
  }

  @Test
  void preview_whileTheTargetIsHeld_isRefusedAsTheChangeWouldBe() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
    apply(edit("A", 9), Options.NONE);
    time.advance(Duration.ofSeconds(6));

    changes
        .preview(RENAME, Options.NONE, origin())
        .subscribe()
        .with(preview -> failure = null, thrown -> failure = thrown);

    assertThat(((FacadeException) failure).code()).isEqualTo(ErrorCode.CHANGE_IN_FLIGHT);
  }

  @Test
  void patchLeftOpenByAnotherProcess_isSettledAsTheEditThatWasSent() {
    ncp.script.add(change -> Uni.createFrom().failure(FakeGateway.lost()));
    apply(
        new PlanPatch(ID, Map.of("usagePlanName", "B"), new TreeSet<>(List.of("rateRps"))),
        Options.NONE);
    AuditRow intent = book.rows.get(0);
    assertThat(StoredChange.wish(intent)).isEqualTo(new Wish.Whole(ncp.sent.get(0)));
    book.rows.clear();

    // The name is as asked for, but the rate is not cleared.
    ncp.plans.put(ID, FakeGateway.plan(ID, "B", 1));
    changes.takeOver(List.of(List.of(intent)));
    time.advance(Duration.ofSeconds(200));

    assertThat(book.outcomes()).containsOnly(Outcome.UNKNOWN);
  }

  private static Precondition condition(String tag) {
    EntityTags tags = EntityTags.parse("If-Match", List.of('"' + tag + '"')).orElseThrow();
    return new Precondition(
        tags, image -> '"' + image.text("usagePlanName") + image.get("rateRps") + '"');
  }

  private static Wish edit(String name, int rate) {
    return new Wish.Whole(
        new Change.EditPlan(ID, new PlanSettings(name, null, new Limits(rate, null, null, null))));
  }

  private void apply(Wish wish, Options options) {
    done = null;
    failure = null;
    changes
        .apply(wish, options, origin())
        .subscribe()
        .with(item -> done = item, thrown -> failure = thrown);
  }

  private Origin origin() {
    return new Origin(Caller.anonymous("127.0.0.1"), "r", time.now().plusSeconds(30), null);
  }
}
