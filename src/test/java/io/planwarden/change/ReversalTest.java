package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.audit.Operation;
import io.planwarden.audit.Outcome;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Caller;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReversalTest {
  private static final Map<String, Object> KEY =
      Map.of("productId", "p", "apiId", "a", "stageId", "s", "apiKeyId", "k");

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "abcdefghij1"})
  void whatNcpCannotBeAskedAbout_isNotPutBack(String id) {
    Operation create =
        applied("create-plan", Map.of("usagePlanName", "N"), Map.of(), Map.of("usagePlanId", id));
    Operation assignment =
        applied("assign-plan", KEY, Map.of("usagePlanId", id), Map.of("usagePlanId", "plan1"));

    assertNotRevertible(create);
    assertNotRevertible(assignment);
  }

  private static void assertNotRevertible(Operation operation) {
    assertThatThrownBy(() -> Reversal.of(operation))
        .isInstanceOfSatisfying(
            FacadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_REVERTIBLE));
  }

  private static Operation applied(
      String action,
      Map<String, Object> target,
      Map<String, Object> before,
      Map<String, Object> after) {
    return new Operation(
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        null,
        Operation.Status.SETTLED,
        Outcome.APPLIED,
        action,
        target,
        Caller.anonymous("127.0.0.1"),
        null,
        null,
        null,
        before,
        after,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
