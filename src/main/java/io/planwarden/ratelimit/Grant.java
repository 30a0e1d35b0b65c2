package io.planwarden.ratelimit;

import java.time.Duration;

/**
 * What became of one request's wish.
 *
 * @param quota what it was counted against
 * @param granted whether it may go on
 * @param remaining how many more may, in this window
 * @param renewal how long until the window ends and the quota is whole again
 */
record Grant(Quota quota, boolean granted, long remaining, Duration renewal) {
  /**
   * The field {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers); {@code t} is rounded up.
   */
  String state() {
    long seconds = renewal.plusNanos(999_999_999).toSeconds();
    return '"' + quota.limit().word() + "\";r=" + remaining + ";t=" + seconds;
  }
}
