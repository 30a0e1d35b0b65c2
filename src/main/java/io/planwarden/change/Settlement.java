package io.planwarden.change;

import io.planwarden.audit.Outcome;
import io.planwarden.audit.Upstream;
import io.planwarden.problem.FacadeException;
import org.jspecify.annotations.Nullable;

/**
 * How a change that was sent ended, as far as it is known when the caller is answered.
 *
 * @param after what NCP holds, null if it is not known
 * @param upstream what NCP answered
 * @param problem what the caller is told, null if all is well
 */
record Settlement(
    Outcome outcome, @Nullable Image after, Upstream upstream, @Nullable FacadeException problem) {}
