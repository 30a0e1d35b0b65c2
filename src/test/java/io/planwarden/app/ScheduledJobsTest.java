package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What is done again and again: tests call such a method, and would not miss its schedule. */
@QuarkusTest
class ScheduledJobsTest {
  @Inject Scheduler scheduler;

  @Test
  void jobs_areAllScheduled() {
    assertThat(scheduler.getScheduledJobs())
        .extracting(Trigger::getMethodDescription)
        .containsExactlyInAnyOrder(
            "io.planwarden.app.IdempotencyKeySweep#sweep",
            "io.planwarden.app.KeyLooks#look",
            "io.planwarden.app.Replicas#sweep",
            "io.planwarden.app.UpstreamHealth#warnOfSkew",
            "io.planwarden.audit.TermIndex#keepUp",
            "io.planwarden.security.Denials#tellWhatFollowed",
            "io.planwarden.security.FirstKeys#read",
            "io.planwarden.security.KeysToken#refresh",
            "io.planwarden.security.ProviderKeys#logWhatFollowed",
            "io.planwarden.security.Tokens#refresh",
            "io.planwarden.security.Unauthenticated#logWhatFollowed");
  }
}
