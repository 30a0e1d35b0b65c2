package io.planwarden.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.peer.Patience.Limits;
import io.planwarden.peer.Patience.Progress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5));
  private static final long START = -7;

  private final Patience patience = new Patience(LIMITS, START);

  @Test
  void silentConnection_isCut() {
    assertThat(check(9)).isEmpty();
    assertThat(check(10)).contains(Cut.SLOW_HEADERS);
  }

  @Test
  void bytesOfHeaders_buyNoTime() {
    for (int second = 1; second < 10; second++) {
      patience.begun(at(second));
      assertThat(check(second)).isEmpty();
    }
    assertThat(check(10)).contains(Cut.SLOW_HEADERS);
  }

  @Test
  void body_hasItsOwnTime() {
    patience.headersCame(at(9));

    assertThat(check(28)).isEmpty();
    patience.begun(at(28));
    assertThat(check(29)).contains(Cut.SLOW_BODY);
  }

  @Test
  void betweenRequests_nothingIsAwaited() {
    patience.headersCame(at(1));
    patience.requestCame(at(2));

    assertThat(check(100_000)).isEmpty();
  }

  @Test
  void laterRequest_hasTheTimeOfAFirst() {
    patience.headersCame(at(1));
    patience.requestCame(at(2));
    patience.begun(at(100));
    patience.begun(at(109));

    assertThat(check(109)).isEmpty();
    assertThat(check(110)).contains(Cut.SLOW_HEADERS);
  }

  @Test
  void timeInWhichWeDoNotRead_isNotThePeers() {
    patience.headersCame(at(1));

    assertThat(patience.check(at(500), false, Optional.empty())).isEmpty();
    assertThat(check(519)).isEmpty();
    assertThat(check(520)).contains(Cut.SLOW_BODY);
  }

  @Test
  void readerWhoTakesNothing_isCut() {
    patience.requestCame(at(0));

    assertThat(check(1, new Progress(3, 100))).isEmpty();
    assertThat(check(5, new Progress(3, 100))).isEmpty();
    assertThat(check(6, new Progress(3, 100))).contains(Cut.SLOW_READER);
  }

  @Test
  void readerWhoTakesSome_isKept() {
    patience.requestCame(at(0));

    for (int second = 1; second < 60; second += 4) {
      assertThat(check(second, new Progress(3, second))).isEmpty();
    }
    assertThat(check(61, new Progress(4, 57))).isEmpty();
    assertThat(check(62)).isEmpty();
    assertThat(check(70, new Progress(4, 57))).isEmpty();
  }

  private Optional<Cut> check(int second) {
    return patience.check(at(second), true, Optional.empty());
  }

  private Optional<Cut> check(int second, Progress progress) {
    return patience.check(at(second), true, Optional.of(progress));
  }

  private static long at(int second) {
    return START + Duration.ofSeconds(second).toNanos();
  }
}
