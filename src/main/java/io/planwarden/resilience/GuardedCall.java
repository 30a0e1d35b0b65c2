package io.planwarden.resilience;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call with all its attempts, one after the other. Its steps follow each other, wherever they
 * run, so nothing in it is locked.
 */
final class GuardedCall<T> {
  private final Guarding guarding;
  private final CallKind kind;
  private final Call call;
  private final Function<Call, Uni<T>> attempt;
  private final Home home;
  private final Ticket.Request request;

  private int attempts;
  private long firstSentAt;
  private int keyPair;
  private boolean overtaken;
  private boolean reloaded;
  private boolean mayStillLand;
  private int unproved;
  private @Nullable UpstreamFailure last;

  GuardedCall(Guarding guarding, CallKind kind, Call call, Function<Call, Uni<T>> attempt) {
    this.guarding = guarding;
    this.kind = kind;
    this.call = call;
    this.attempt = attempt;
    this.home = Home.current();
    this.request =
        new Ticket.Request(
            kind, call.callerId(), guarding.surroundings().nanosAt(call.deadline()), home);
  }

  /** The answer, together with what it took, or the failure that says most truly what is known. */
  Uni<T> result(BiFunction<T, Tally, T> together) {
    return next().map(item -> together.apply(item, tally())).emitOn(home.executor());
  }

  private Uni<T> next() {
    if (!call.leave().getAsBoolean()) {
      guarding.events().heldBack(Hold.NO_LEAVE);
      return Uni.createFrom().failure(held(new HeldBack(Hold.NO_LEAVE, Duration.ofSeconds(1))));
    }
    return guarding
        .gate()
        .pass(request, this::send)
        .onFailure(failure -> failure instanceof HeldBack || failure instanceof UpstreamFailure)
        .recoverWithUni(this::react);
  }

  private Uni<T> send(BooleanSupplier sending) {
    attempts++;
    keyPair = guarding.keyPair().number();
    UpstreamFailure before = last;
    if (before == null) {
      firstSentAt = guarding.surroundings().now();
      guarding.budget().first(firstSentAt);
    } else {
      // Not when it was decided: the gate may have refused it after its pause.
      guarding.events().retried(kind, before.kind());
    }
    return attempt.apply(call.attempt(attempts, sending));
  }

  private Uni<T> react(Throwable thrown) {
    if (thrown instanceof HeldBack held) {
      return Uni.createFrom().failure(held(held));
    }
    UpstreamFailure failure = (UpstreamFailure) thrown;
    last = failure;
    mayStillLand |= failure.mayStillLand();
    unproved += failure.unproved();
    return switch (Reaction.to(failure, kind)) {
      case RETRY -> again(failure, null);
      case RETRY_AFTER_HINT -> again(failure, guarding.config().pause());
      case RELOAD_ONCE -> withAnotherKeyPair(failure);
      case GIVE_BACK -> giveBack(failure);
    };
  }

  private Uni<T> again(UpstreamFailure failure, @Nullable Duration pause) {
    Duration hint = failure.retryAfter() == null ? pause : failure.retryAfter();
    Duration jitter = guarding.backoff().pause(attempts, guarding.surroundings().random());
    Duration delay = hint == null || hint.compareTo(jitter) < 0 ? jitter : hint;
    ResilienceEvents.GivenUp why = objection(delay);
    if (why != null) {
      guarding.events().givenUp(why);
      return giveBack(failure);
    }
    return guarding.after(delay).chain(this::next);
  }

  private ResilienceEvents.@Nullable GivenUp objection(Duration delay) {
    long now = guarding.surroundings().now();
    if (attempts >= guarding.config().retry().attempts()) {
      return ResilienceEvents.GivenUp.ATTEMPTS;
    }
    if (delay.compareTo(Duration.ofNanos(Math.max(0, request.deadline() - now))) >= 0) {
      return ResilienceEvents.GivenUp.DEADLINE;
    }
    return guarding.budget().take(now) ? null : ResilienceEvents.GivenUp.BUDGET;
  }

  private Uni<T> withAnotherKeyPair(UpstreamFailure failure) {
    if (attempts >= guarding.config().retry().attempts()) {
      return giveBack(failure);
    }
    if (!overtaken && guarding.keyPair().number() != keyPair) {
      // The pair was exchanged while the attempt was under way, so which one it was signed with is
      // not known: to sign with the new one is no reload yet.
      overtaken = true;
      return next();
    }
    if (reloaded) {
      // The one that was found is refused as well: as good as none, whoever takes turns with it.
      guarding.events().credentialsReloaded(false);
      return giveBack(failure);
    }
    reloaded = true;
    return guarding
        .keyPair()
        .isAnotherThan(keyPair)
        .chain(another -> another ? next() : giveBack(failure));
  }

  private Uni<T> giveBack(UpstreamFailure failure) {
    return Uni.createFrom().failure(summary(failure));
  }

  /** What NCP said or did before is worth more than our own refusal to ask it again. */
  private UpstreamFailure held(HeldBack held) {
    if (last == null) {
      return held.failure();
    }
    UpstreamFailure known = summary(last);
    known.retryAfter(held.held());
    return known;
  }

  /**
   * A last attempt that proves that it had no effect proves nothing of those before it: a 404 may
   * answer a delete that a 500 had answered before.
   */
  private UpstreamFailure summary(UpstreamFailure failure) {
    boolean earlierOpen = unproved > 0 && failure.kind().provesNoEffect();
    return failure.after(attempts, unproved, kind.isWrite() && (mayStillLand || earlierOpen));
  }

  private Tally tally() {
    Duration took = Duration.ofNanos(guarding.surroundings().now() - firstSentAt);
    return new Tally(attempts, took, mayStillLand);
  }
}
