package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Change;
import io.planwarden.gateway.FailureClass;
import io.planwarden.problem.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReactionTest {
  @ParameterizedTest
  @CsvSource({
    "NEVER_SENT,      RETRY,            RETRY,            RETRY,            RETRY",
    "REFUSED_FOR_NOW, RETRY_AFTER_HINT, RETRY_AFTER_HINT, RETRY_AFTER_HINT, RETRY_AFTER_HINT",
    "ACCOUNT_QUOTA,   GIVE_BACK,        GIVE_BACK,        GIVE_BACK,        GIVE_BACK",
    "PERMANENT,       GIVE_BACK,        GIVE_BACK,        GIVE_BACK,        GIVE_BACK",
    "CREDENTIALS,     RELOAD_ONCE,      RELOAD_ONCE,      RELOAD_ONCE,      RELOAD_ONCE",
    "SERVER_FAULT,    RETRY,            RETRY,            GIVE_BACK,        GIVE_BACK",
    "AMBIGUOUS,       RETRY,            RETRY,            GIVE_BACK,        GIVE_BACK",
  })
  void eachClass_hasItsReactionForEachKindOfCall(
      FailureClass failure,
      Reaction read,
      Reaction repeatable,
      Reaction attachment,
      Reaction creation) {
    assertThat(Reaction.to(failure, CallKind.READ)).isEqualTo(read);
    assertThat(Reaction.to(failure, CallKind.REPEATABLE)).isEqualTo(repeatable);
    assertThat(Reaction.to(failure, CallKind.ATTACHMENT)).isEqualTo(attachment);
    assertThat(Reaction.to(failure, CallKind.CREATION)).isEqualTo(creation);
  }

  @ParameterizedTest
  @EnumSource(FailureClass.class)
  void aWholeCall_isSentAgainExactlyAsTheTableSays(FailureClass failure) {
    for (CallKind kind : CallKind.values()) {
      World world = new World("rate", "0");
      world.ncp.answering(Failures.of(failure));

      World.Wish wish = world.send(kind);
      world.time.advanceMillis(20_000);

      boolean again =
          switch (Reaction.to(failure, kind)) {
            case RETRY, RETRY_AFTER_HINT -> true;
            case RELOAD_ONCE, GIVE_BACK -> false;
          };
      assertThat(world.ncp.sent).as("%s of %s", failure, kind).hasSize(again ? 2 : 1);
      assertThat(wish.succeeded).isEqualTo(again);
    }
  }

  @ParameterizedTest
  @EnumSource(CallKind.class)
  void anAnswerThatIsTooLarge_isNotAskedForAgain(CallKind kind) {
    World world = new World("rate", "0");
    world.ncp.answering(
        Failures.answered(FailureClass.AMBIGUOUS, ErrorCode.UPSTREAM_OVERSIZED, 200, null));

    World.Wish wish = world.send(kind);
    world.time.advanceMillis(20_000);

    assertThat(world.ncp.sent).hasSize(1);
    assertThat(wish.upstream().code()).isEqualTo(ErrorCode.UPSTREAM_OVERSIZED);
  }

  @Test
  void everyChange_hasItsKind() {
    assertThat(CallKind.of(new Change.CreatePlan(World.SETTINGS))).isEqualTo(CallKind.CREATION);
    assertThat(CallKind.of(new Change.EditPlan("p", World.SETTINGS)))
        .isEqualTo(CallKind.REPEATABLE);
    assertThat(CallKind.of(new Change.DeletePlan("p"))).isEqualTo(CallKind.REPEATABLE);
    assertThat(CallKind.of(new Change.AttachStage(World.STAGE, "p")))
        .isEqualTo(CallKind.ATTACHMENT);
    assertThat(CallKind.of(new Change.DetachStage(World.STAGE, "p")))
        .isEqualTo(CallKind.ATTACHMENT);
    assertThat(CallKind.of(new Change.AssignPlan(World.STAGE, "k", "p")))
        .isEqualTo(CallKind.REPEATABLE);
    assertThat(CallKind.of(new Change.SetDefaultLimits(World.STAGE, World.LIMITS)))
        .isEqualTo(CallKind.REPEATABLE);
  }
}
