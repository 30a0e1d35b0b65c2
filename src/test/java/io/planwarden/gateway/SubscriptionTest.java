package io.planwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** NCP need not name the stage that a row of an API key is of. */
class SubscriptionTest {
  private static final Subscription UNNAMED = row(null, "planfree01");
  private static final Subscription OTHER = row("wfcststag1", "planfree01");

  @Test
  void rowOfTheStage_isTakenBeforeOneThatNamesNone() {
    Subscription named = row("wfcstprod1", "planstarte");

    assertThat(Subscription.onStage("wfcstprod1", List.of(UNNAMED, OTHER, named))).contains(named);
  }

  @Test
  void onlyRowThatNamesNoStage_isOfTheOneThatWasAskedFor_alsoIfItIsListedTwice() {
    assertThat(Subscription.onStage("wfcstprod1", List.of(UNNAMED, OTHER, UNNAMED)))
        .contains(UNNAMED);
    assertThat(Subscription.onStage("wfcstprod1", List.of(OTHER))).isEmpty();
  }

  @Test
  void severalRowsThatNameNoStage_areNotReadable() {
    assertThatThrownBy(
            () -> Subscription.onStage("wfcstprod1", List.of(UNNAMED, row(null, "planstarte"))))
        .isInstanceOfSatisfying(
            FacadeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNREADABLE));
  }

  private static Subscription row(String stageId, String usagePlanId) {
    return new Subscription(
        null, null, stageId, null, null, null, usagePlanId, null, null, null, null, null, null);
  }
}
