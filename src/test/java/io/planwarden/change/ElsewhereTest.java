package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.audit.AuditRowBuilder;
import io.planwarden.audit.Outcome;
import io.planwarden.audit.Phase;
import io.planwarden.replica.Leases.Touch;
import io.planwarden.request.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final LockKey KEY_ON_STAGE = LockKey.keyStage("key0000001", "stage00001");
  private static final LockKey PLAN_ON_STAGE = LockKey.stagePlan("stage00001", "plan000001");

  private final VirtualTime time = new VirtualTime();
  private final FakeGateway ncp = new FakeGateway();
  private final ChangesTest.Book book = new ChangesTest.Book(time);
  private final RecentChanges recent = new RecentChanges(time.clock(), WINDOW);
  private final Elsewhere elsewhere = elsewhere();

  private Elsewhere elsewhere() {
    Additions additions = new Additions(time.clock(), WINDOW);
    return new Elsewhere(
        new Listings(ncp, additions, book),
        new Prospects(ChangesTest.config(Map.of()), time.clock(), new Pause(time), additions),
        recent,
        WINDOW,
        time.clock());
  }

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void assignmentThatIsLearnedThroughItsPlan_isRecentForItsKeyAlone() {
    assigned("op1");

    learn(PLAN_ON_STAGE, new Touch("op1", Duration.ofSeconds(1)));

    assertThat(recent.touched(of(KEY_ON_STAGE))).isTrue();
    assertThat(recent.touched(of(PLAN_ON_STAGE))).isFalse();
    time.advance(WINDOW);
    assertThat(recent.touched(of(KEY_ON_STAGE))).isFalse();
  }

  @Test
  void changeOfLongAgo_isNotRecent() {
    assigned("op1");

    learn(PLAN_ON_STAGE, new Touch("op1", WINDOW));

    assertThat(recent.touched(of(PLAN_ON_STAGE))).isFalse();
    assertThat(recent.touched(of(KEY_ON_STAGE))).isFalse();
  }

  /** As another version, or a hand in the store, may have written it. */
  @Test
  void rowWithAMemberOfAnotherType_keepsNobodyFromChangingItsTarget() {
    LockKey plan = LockKey.plan("plan000001");
    book.rows.add(
        AuditRowBuilder.builder()
            .phase(Phase.OUTCOME)
            .operationId("op1")
            .caller(Caller.anonymous("127.0.0.1"))
            .action("edit-plan")
            .target(Map.of("usagePlanId", "plan000001"))
            .request(Map.of("usagePlanName", "Free"))
            .before(Map.of("usagePlanId", "plan000001", "usagePlanName", "Trial"))
            .after(Map.of("usagePlanId", 17, "usagePlanName", "Free"))
            .outcome(Outcome.APPLIED)
            .build());

    learn(plan, new Touch("op1", Duration.ofSeconds(1)));

    assertThat(recent.touched(of(plan))).isTrue();
  }

  private void assigned(String operationId) {
    book.rows.add(
        AuditRowBuilder.builder()
            .seq(book.rows.size() + 1L)
            .phase(Phase.OUTCOME)
            .operationId(operationId)
            .caller(Caller.anonymous("127.0.0.1"))
            .action("assign-plan")
            .target(
                Map.of(
                    "productId", "product001",
                    "apiId", "api0000001",
                    "stageId", "stage00001",
                    "apiKeyId", "key0000001"))
            .request(Map.of("usagePlanId", "plan000001"))
            .outcome(Outcome.APPLIED)
            .build());
  }

  private void learn(LockKey target, Touch touch) {
    elsewhere.learn(of(target), List.of(touch)).await().indefinitely();
  }

  private static SortedSet<LockKey> of(LockKey key) {
    return new TreeSet<>(List.of(key));
  }
}
