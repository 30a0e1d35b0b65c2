package io.planwarden.usageplan;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Flags;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change is only to be tried.
 *
 * @param asked whether nothing is to be sent
 * @param impact whether those whom it concerns are to be found
 */
record DryRun(boolean asked, boolean impact) {
  static DryRun of(@Nullable String dryRun) {
    return new DryRun(Flags.of("dryRun", dryRun), false);
  }

  /** The same where the impact can be asked for. */
  static DryRun of(@Nullable String dryRun, @Nullable String impact) {
    DryRun run = new DryRun(Flags.of("dryRun", dryRun), Flags.of("impact", impact));
    if (run.impact && !run.asked) {
      throw FacadeException.field(
          ErrorCode.INVALID_PARAMETER, "impact", "goes only with dryRun=true");
    }
    return run;
  }
}
