package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A target is not believed to be what a read shows as long as reads may lag behind a change. */
class RecentChangesTest {
  private static final LockKey ONE = LockKey.plan("planopen01");
  private static final LockKey OTHER = LockKey.plan("planopen02");

  private final VirtualTime time = new VirtualTime();
  private final RecentChanges changes = new RecentChanges(time.clock(), Duration.ofSeconds(30));

  @Test
  void targetThatIsChangedAgain_isTouchedFromThenOn_andOthersAreForgottenInTime() {
    add(ONE);
    after(10);
    add(OTHER);
    after(10);
    add(ONE);
    after(20);

    assertThat(touched(OTHER)).isFalse();
    assertThat(touched(ONE)).isTrue();
    after(10);
    assertThat(touched(ONE)).isFalse();
  }

  private void add(LockKey key) {
    changes.add(new TreeSet<>(List.of(key)));
  }

  private boolean touched(LockKey key) {
    return changes.touched(new TreeSet<>(List.of(key)));
  }

  private void after(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }
}
