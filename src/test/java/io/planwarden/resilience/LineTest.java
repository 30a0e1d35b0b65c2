package io.planwarden.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
  private final Line<String> line = new Line<>();

  @Test
  void callers_areServedInTurn() {
    add("loud", "l1", "l2", "l3");
    add("quiet", "q1");
    add("other", "o1", "o2");

    assertThat(all()).containsExactly("l1", "q1", "o1", "l2", "o2", "l3");
  }

  @Test
  void aCaller_isServedInItsOwnOrder() {
    add("a", "1", "2", "3");

    assertThat(all()).containsExactly("1", "2", "3");
  }

  @Test
  void thePatient_areServedWhenNobodyElseIsThere() {
    add(Call.PATIENT, "p1", "p2");
    add("a", "a1", "a2");

    assertThat(line.ahead("b", null)).isEqualTo(1);
    assertThat(line.ahead(Call.PATIENT, "p2")).isEqualTo(3);
    assertThat(all()).containsExactly("a1", "a2", "p1", "p2");
  }

  @Test
  void theOneWhoLeaves_isPassedOver() {
    add("a", "a1", "a2");
    add("b", "b1");

    line.remove("a", "a1");
    line.remove("b", "b1");
    line.remove("b", "b1");

    assertThat(line.size()).isEqualTo(1);
    assertThat(all()).containsExactly("a2");
  }

  @Test
  void longestLine_givesUpItsLastForAShorterOne() {
    add("loud", "l1", "l2", "l3");
    add("quiet", "q1");

    assertThat(line.displaceFor("quiet")).isEqualTo("l3");
    assertThat(line.displaceFor("quiet")).isNull();
    assertThat(line.displaceFor("loud")).isNull();
    assertThat(line.size()).isEqualTo(3);
  }

  @Test
  void emptyLine_hasNobodyToDisplace() {
    assertThat(line.displaceFor("a")).isNull();
    assertThat(line.poll()).isNull();
  }

  @Test
  void longLineOfAnother_isAheadOnlyOnceATurn() {
    add("loud", "l1", "l2", "l3", "l4");
    add("quiet", "q1");

    assertThat(line.ahead("new", null)).isEqualTo(2);
    assertThat(line.ahead("quiet", null)).isEqualTo(3);
    assertThat(line.ahead("quiet", "q1")).isEqualTo(1);
    assertThat(line.ahead("loud", "l4")).isEqualTo(4);
  }

  private void add(String caller, String... waiters) {
    for (String waiter : waiters) {
      line.add(caller, waiter);
    }
  }

  private List<String> all() {
    List<String> served = new ArrayList<>();
    for (String next = line.poll(); next != null; next = line.poll()) {
      served.add(next);
    }
    return served;
  }
}
