package io.planwarden.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private static final int WINDOW = 1_100;

  private final Permits permits = new Permits(Duration.ofNanos(WINDOW));

  @Test
  void more_areUsedOnceTheyAreWrittenDown() {
    assertThat(permits.next(0, 5, 3, 0)).isEqualTo(3);
    assertThat(permits.leased()).isZero();

    permits.written();

    assertThat(permits.leased()).isEqualTo(3);
  }

  @Test
  void fewer_areUsedAtOnceAndGivenBackAWindowLater() {
    permits.next(0, 5, 5, 0);
    permits.written();

    assertThat(permits.next(5, 2, 0, 100)).isEqualTo(5);
    assertThat(permits.leased()).isEqualTo(2);
    permits.written();
    assertThat(permits.leased()).isEqualTo(2);

    assertThat(permits.next(5, 2, 0, 100 + WINDOW)).isEqualTo(2);
  }

  @Test
  void whatIsNotGivenBackYet_canBeUsedAgain() {
    permits.next(0, 5, 5, 0);
    permits.written();
    permits.next(5, 2, 0, 100);
    permits.written();

    assertThat(permits.next(5, 4, 0, 200)).isEqualTo(5);

    assertThat(permits.leased()).isEqualTo(4);
  }

  /** Whatever fails, and whoever believes what: within a window never more than there are. */
  @Test
  void noWindow_seesMoreUsedThanThereAre() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int replicas = 1 + random.nextInt(4);
      int pool = 1 + random.nextInt(12);
      int[] written = new int[replicas];
      List<Permits> all = new ArrayList<>();
      List<Deque<long[]>> used = new ArrayList<>();
      for (int i = 0; i < replicas; i++) {
        all.add(new Permits(Duration.ofNanos(WINDOW)));
        used.add(new ArrayDeque<>());
      }
      long now = 0;
      for (int beat = 0; beat < 400; beat++) {
        now += random.nextInt(300);
        int i = random.nextInt(replicas);
        int due = random.nextInt(pool + 1);
        int next = all.get(i).next(written[i], due, pool - IntStream.of(written).sum(), now);
        int fate = random.nextInt(10);
        if (fate > 0) {
          // The commit took place; of every tenth it is not known.
          written[i] = next;
          if (fate > 1) {
            all.get(i).written();
          }
        }
        assertThat(used(all, used, now)).isLessThanOrEqualTo(pool);
      }
    }
  }

  /** The most that each had within the window before now. */
  private static long used(List<Permits> all, List<Deque<long[]>> used, long now) {
    long sum = 0;
    for (int i = 0; i < all.size(); i++) {
      Deque<long[]> had = used.get(i);
      had.add(new long[] {now, all.get(i).leased()});
      // What held when the window began counts with it.
      while (had.size() > 1 && second(had)[0] <= now - WINDOW) {
        had.remove();
      }
      sum += had.stream().mapToLong(each -> each[1]).max().orElse(0);
    }
    return sum;
  }

  private static long[] second(Deque<long[]> had) {
    var iterator = had.iterator();
    iterator.next();
    return iterator.next();
  }
}
