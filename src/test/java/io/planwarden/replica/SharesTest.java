package io.planwarden.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.replica.Shares.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void eachReplica_hasAPartOfItsOwn() {
    assertThat(Shares.of(600, 3)).isEqualTo(new Shares(50, 450));
    assertThat(Shares.of(10, 3)).isEqualTo(new Shares(1, 7));
    assertThat(Shares.of(2, 3)).isEqualTo(new Shares(0, 2));
    assertThat(Shares.of(10, 1)).isEqualTo(new Shares(2, 8));
  }

  @Test
  void whoCanUseMore_hasWhatTheOthersCannot() {
    Shares shares = new Shares(0, 90);

    assertThat(due(shares, 0, 500, 500, 500)).containsExactly(30, 30, 30);
    assertThat(due(shares, 0, 0, 500, 10)).containsExactly(1, 79, 10);
    assertThat(due(shares, 0, 0, 0, 0)).containsExactly(30, 30, 30);
    assertThat(due(shares, 0, 90)).containsExactly(90);
  }

  @Test
  void fewerThanReplicas_goRound() {
    Shares shares = new Shares(0, 1);

    assertThat(due(shares, 0, 5, 5, 5)).containsExactly(1, 0, 0);
    assertThat(due(shares, 1, 5, 5, 5)).containsExactly(0, 1, 0);
    assertThat(due(shares, 5, 5, 5, 5)).containsExactly(0, 0, 1);
  }

  @Test
  void allOfIt_isDealtOutAndNoMore() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      Shares shares = Shares.of(1 + random.nextInt(100), 1 + random.nextInt(5));
      int[] wants = random.ints(1 + random.nextInt(5), 0, 60).toArray();

      assertThat(IntStream.of(due(shares, random.nextInt(9), wants)).sum())
          .isEqualTo(shares.pool());
    }
  }

  private static int[] due(Shares shares, long turn, int... wants) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < wants.length; i++) {
      members.add(new Member("r" + i, 0, wants[i]));
    }
    return IntStream.range(0, wants.length).map(i -> shares.due("r" + i, members, turn)).toArray();
  }
}
