package io.planwarden.resilience;

/**
 * The times of what happened within the last while, exactly and oldest first. Times are nanoseconds
 * and never go back. Not thread-safe.
 */
final class SlidingLog {
  private final long window;
  private long[] times = new long[16];
  private int head;
  private int size;

  SlidingLog(long window) {
    this.window = window;
  }

  void add(long now) {
    forget(now);
    if (size == times.length) {
      grow();
    }
    times[(head + size) % times.length] = now;
    size++;
  }

  /** How many happened less than the window ago. */
  int count(long now) {
    forget(now);
    return size;
  }

  /** When one of those counted happened; 0 is the oldest. */
  long at(int index) {
    return times[(head + index) % times.length];
  }

  private void forget(long now) {
    while (size > 0 && now - times[head] >= window) {
      head = (head + 1) % times.length;
      size--;
    }
  }

  private void grow() {
    long[] larger = new long[times.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = at(i);
    }
    times = larger;
    head = 0;
  }
}
