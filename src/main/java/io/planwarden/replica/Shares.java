package io.planwarden.replica;

import java.util.Comparator;
import java.util.List;

/**
 * How the rate towards NCP is shared out. Each replica has a small part of its own, so that it can
 * go on reading when the store is away; the rest is dealt out by what each could use.
 *
 * @param own what each replica has in any case
 * @param pool what is dealt out
 */
record Shares(int own, int pool) {
  /** A replica, as it has told the others. */
  record Member(String replicaId, int permits, int wants) {}

  // Of an even share. Small, because the parts of replicas that are not there lie idle.
  private static final int PART = 4;

  /**
   * For a rate.
   *
   * @param count how many replicas there may be
   */
  static Shares of(int rate, int count) {
    int own = Math.max(rate / (PART * count), rate >= 2 * count ? 1 : 0);
    return new Shares(own, rate - own * count);
  }

  /**
   * What is due to one of them: as much as it can use, as long as others who can use theirs have no
   * less; what nobody can use is dealt out evenly. Each comes to the same result from the same
   * members.
   *
   * @param turn who comes first when there is not one for each; moves on with time
   */
  int due(String replicaId, List<Member> members, long turn) {
    List<Member> order = members.stream().sorted(Comparator.comparing(Member::replicaId)).toList();
    int size = order.size();
    int first = pool < size ? (int) Math.floorMod(turn, (long) size) : 0;
    int[] due = new int[size];
    int left = pool;
    boolean dealt = true;
    while (left > 0 && dealt) {
      dealt = false;
      for (int i = 0; i < size && left > 0; i++) {
        int at = (first + i) % size;
        if (due[at] + own < Math.max(1 + own, order.get(at).wants())) {
          due[at]++;
          left--;
          dealt = true;
        }
      }
    }
    for (int i = 0; left > 0 && size > 0; i++, left--) {
      due[(first + i) % size]++;
    }
    for (int i = 0; i < size; i++) {
      if (order.get(i).replicaId().equals(replicaId)) {
        return due[i];
      }
    }
    return 0;
  }

  /** How many of them nobody has. */
  int free(List<Member> members) {
    return pool - members.stream().mapToInt(Member::permits).sum();
  }
}
