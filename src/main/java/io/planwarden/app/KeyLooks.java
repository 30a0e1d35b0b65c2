package io.planwarden.app;

import io.planwarden.ncp.KeyRing;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;

/** Has the files with NCP's keys looked at, every few seconds. */
@Singleton
class KeyLooks {
  private final KeyRing keys;

  KeyLooks(KeyRing keys) {
    this.keys = keys;
  }

  @Scheduled(
      every = "${planwarden.ncp.key-poll:5s}",
      delayed = "${planwarden.ncp.key-poll:5s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void look() {
    keys.look();
  }
}
