package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.problem.FacadeException;
import io.planwarden.problem.Problem;
import org.junit.jupiter.api.Test;

class ListWindowTest {
  @Test
  void offset_goesAsFarAsItsRuleSays() {
    assertThat(ListWindow.of("999999999999999", null))
        .isEqualTo(new ListWindow(ListWindow.MAX_OFFSET, ListWindow.DEFAULT_LIMIT));

    assertThatThrownBy(() -> ListWindow.of("1000000000000000", null))
        .isInstanceOfSatisfying(
            FacadeException.class,
            refused ->
                assertThat(Problem.of(refused).body())
                    .contains("must be a whole number from 0 to 999999999999999"));
  }
}
