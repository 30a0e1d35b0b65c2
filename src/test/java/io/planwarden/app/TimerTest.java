package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The timer of changes and of calls to NCP. */
class TimerTest {
  @Test
  void aTaskThatIsCancelled_isNotKeptUntilItWouldHaveBeenDue() {
    var timer = Wiring.timer();
    try {
      timer.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);

      assertThat(timer.getQueue()).isEmpty();
    } finally {
      Wiring.stop(timer);
    }
  }
}
