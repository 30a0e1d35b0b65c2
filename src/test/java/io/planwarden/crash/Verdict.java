package io.planwarden.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** Holds the audit, what truly took effect, and what clients were told against each other. */
final class Verdict {
  private final StoredAudit audit;
  private final TrueEffects effects;

  Verdict(StoredAudit audit, TrueEffects effects) {
    this.audit = audit;
    this.effects = effects;
  }

  /** What has to be so at any moment. Reading the audit checks its chain. */
  void afterKill(List<Told> told) throws Exception {
    effects.read();
    audit.read();
    effects.all().forEach(this::begunBefore);
    told.stream().filter(Told::isSuccess).forEach(this::isOnRecord);
  }

  /** What has to be so once nothing is open. */
  void atTheEnd(List<Told> told) throws Exception {
    afterKill(told);
    effects.all().forEach(this::happenedOnce);
    audit.operations().forEach(this::endedInTruth);
    told.stream().filter(answer -> !answer.isLost()).forEach(this::wasTrue);
  }

  /**
   * Of changes that meet on one target, each is made of what the one before it left, and none is
   * taken for somebody else's.
   */
  void eachSawWhatTheOneBeforeItLeft() {
    String member = "usagePlanDescription";
    for (StoredOperation operation : audit.operations()) {
      assertThat(operation.tellsOfOthers()).as("changed outside: %s", operation).isFalse();
      JsonNode before = effects.before(operation.mark);
      if (operation.mark.startsWith("edit-plan") && before != null) {
        assertThat(operation.before().path(member))
            .as("%s", operation)
            .isEqualTo(before.path(member));
      }
    }
  }

  private void begunBefore(String mark, List<Instant> times) {
    StoredOperation operation = audit.operation(mark);
    assertThat(operation).as("the operation behind %s", mark).isNotNull();
    assertThat(operation.intentAt())
        .as("intent of %s", operation)
        .isNotNull()
        .isBeforeOrEqualTo(times.get(0));
  }

  private void isOnRecord(Told answer) {
    StoredOperation operation = audit.operation(answer.ask().mark());
    assertThat(operation).as("the operation behind %s", answer).isNotNull();
    assertThat(operation.id).isEqualTo(answer.operationId());
    assertThat(effects.of(operation.mark)).as("effects of %s", answer).hasSize(1);
  }

  private void happenedOnce(String mark, List<Instant> times) {
    assertThat(times).as("effects of %s", audit.operation(mark)).hasSize(1);
    assertThat(audit.operation(mark).tookEffect())
        .as("known to have taken effect: %s", audit.operation(mark))
        .isTrue();
  }

  private void endedInTruth(StoredOperation operation) {
    assertThat(operation.hasEnded()).as("%s", operation).isTrue();
    if (operation.outcome().equals("unknown") && isOvertakenByDetach(operation)) {
      return;
    }
    assertThat(effects.of(operation.mark))
        .as("effects of %s", operation)
        .hasSize(operation.tookEffect() ? 1 : 0);
    if (operation.outcome().equals("unknown")) {
      // Nobody can prove that a create never was; nothing else may stay untold.
      assertThat(operation.mark).as("%s", operation).startsWith("create-plan");
    }
  }

  /** A key that is being put on a plan loses its plan when a plan of its is detached meanwhile. */
  private boolean isOvertakenByDetach(StoredOperation assignment) {
    return assignment.mark.startsWith("assign-plan")
        && effects.all().entrySet().stream()
            .filter(effect -> effect.getKey().startsWith("detach-stage"))
            .filter(effect -> effect.getKey().contains(assignment.target("stageId")))
            .anyMatch(effect -> effect.getValue().get(0).isAfter(assignment.intentAt()));
  }

  private void wasTrue(Told answer) {
    StoredOperation operation = audit.operation(answer.ask().mark());
    assertThat(answer.status()).as("%s", answer).isNotEqualTo(500);
    if (answer.isSuccess()) {
      assertThat(operation.tookEffect()).as("%s, %s", answer, operation).isTrue();
    } else if (answer.outcome() == null) {
      assertThat(effects.of(answer.ask().mark())).as("%s, %s", answer, operation).isEmpty();
    } else if (!answer.outcome().equals("unknown")) {
      assertThat(operation.outcome()).as("%s, %s", answer, operation).isEqualTo(answer.outcome());
    }
  }
}
