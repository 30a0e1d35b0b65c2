package io.planwarden.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
  private final VirtualMeter time = new VirtualMeter();
  private final Complaints complaints = new Complaints(time);
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void oneCaller_isToldOfOnceAMinute() {
    for (int second = 0; second < 180; second++) {
      complaints.refused("token:loud", Limit.CHANGES);
      time.advanceMillis(1_000);
    }

    assertThat(lines()).hasSize(3);
    assertThat(lines().get(1))
        .contains("caller=token:loud", "limit=changes", "refused_since_last_line=60");
  }

  @Test
  void manyCallers_doNotFillTheLog() {
    for (int i = 0; i < 10_000; i++) {
      complaints.refused("peer:" + i, Limit.READS);
    }

    assertThat(lines()).hasSize(10);
  }

  @Test
  void nameOfACaller_cannotBeginALineOfItsOwn() {
    complaints.refused("token:a\nb\u2028c", Limit.READS);

    assertThat(lines().get(0)).contains("caller=token:a?b?c ");
  }

  private List<String> lines() {
    return log.lines().stream().filter(line -> line.contains("over its limit")).toList();
  }
}
