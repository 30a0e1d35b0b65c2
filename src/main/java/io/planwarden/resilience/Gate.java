package io.planwarden.resilience;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one way to NCP: every attempt passes here, and here only is it decided whether and when it is
 * sent. Thread-safe; does not block.
 */
final class Gate {
  private static final Logger LOG = Logger.getLogger(Gate.class);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  // The adapter counts in milliseconds: with less it could not even begin.
  private static final long LEAST_TIME = Duration.ofMillis(1).toNanos();

  private final ResilienceConfig config;
  private final Surroundings surroundings;
  private final ResilienceEvents events;

  // Guarded by this.
  private final Line<Ticket<?>> line = new Line<>();
  private final Pace pace;
  private final Breaker breaker;
  private int running;
  private boolean draining;
  private boolean wakeUpSet;
  private BreakerState told = BreakerState.CLOSED;

  Gate(
      ResilienceConfig config,
      RateShare share,
      Surroundings surroundings,
      ResilienceEvents events) {
    this.config = config;
    this.surroundings = surroundings;
    this.events = events;
    this.pace = config.rate() > 0 ? new Pace(share) : Pace.unlimited();
    this.breaker = new Breaker(Breaker.Rules.of(config.breaker()));
  }

  /**
   * Runs the attempt in its turn; fails with {@link HeldBack} if it is not sent.
   *
   * @param attempt asks what it is given when it is about to be sent, and is not sent without a yes
   */
  <T> Uni<T> pass(Ticket.Request request, Function<BooleanSupplier, Uni<T>> attempt) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Ticket<T> ticket = new Ticket<>(this, request, surroundings.now(), attempt, emitter);
              emitter.onTermination(ticket::abandon);
              enter(ticket);
            });
  }

  synchronized Standing standing() {
    long now = surroundings.now();
    return new Standing(
        line.size(), running, pace.rate(now), pace.sentLately(now), breaker.state());
  }

  private void enter(Ticket<?> ticket) {
    Runnable refusal;
    synchronized (this) {
      refusal = queue(ticket);
    }
    refusal.run();
    drain();
    if (ticket.point == Ticket.Point.WAITING) {
      long wait = ticket.request.deadline() - surroundings.now();
      ticket.timeOutBy(
          surroundings.timer().schedule(() -> expire(ticket), wait, TimeUnit.NANOSECONDS));
    }
  }

  /** Puts it into the line or out of it; what is returned is done outside the lock. */
  private Runnable queue(Ticket<?> ticket) {
    long now = surroundings.now();
    String caller = ticket.request.caller();
    long closed = breaker.refusal(now);
    if (closed > 0) {
      return refusal(ticket, Hold.BREAKER, closed);
    }
    long turn = pace.delay(now, line.ahead(caller, null));
    if (now + Math.max(turn, LEAST_TIME) > ticket.request.deadline()) {
      return refusal(ticket, Hold.NO_TURN, turn);
    }
    if (line.size(caller) >= config.queuePerCaller()) {
      return refusal(ticket, Hold.CALLER_FULL, turn);
    }
    Ticket<?> displaced = null;
    if (line.size() >= config.queue()) {
      displaced = line.displaceFor(caller);
      if (displaced == null) {
        return refusal(ticket, Hold.QUEUE_FULL, turn);
      }
    }
    line.add(caller, ticket);
    return displaced == null
        ? () -> {}
        : refusal(displaced, Hold.QUEUE_FULL, pace.delay(now, line.size()));
  }

  /**
   * Sends and refuses what can be, until nothing can. A result that comes at once leads back here;
   * the loop that runs already takes care of it, so the stack does not grow with the line.
   */
  private void drain() {
    synchronized (this) {
      if (draining) {
        return;
      }
      draining = true;
    }
    Runnable effect = nextEffect();
    while (effect != null) {
      try {
        effect.run();
      } catch (RuntimeException e) {
        // One attempt's trouble, such as a timer that is shut down, must not stop all others.
        LOG.error("an attempt could not be passed on", e);
      }
      effect = nextEffect();
    }
  }

  private synchronized @Nullable Runnable nextEffect() {
    Runnable effect = next();
    // Under the same lock as the look that found nothing, so that no change goes unseen.
    draining = effect != null;
    return effect;
  }

  private @Nullable Runnable next() {
    BreakerState state = breaker.state();
    if (state != told) {
      told = state;
      return () -> events.breaker(state);
    }
    long now = surroundings.now();
    long closed = line.size() == 0 ? 0 : breaker.refusal(now);
    if (closed > 0) {
      return refuseFirst(Hold.BREAKER, closed);
    }
    if (line.size() == 0 || running >= config.concurrency()) {
      return null;
    }
    long delay = pace.delay(now, 0);
    if (delay > 0) {
      return wakeUpSet ? null : wakeUp(delay);
    }
    Ticket<?> ticket = line.poll();
    if (ticket == null) {
      return null;
    }
    if (now + LEAST_TIME > ticket.request.deadline()) {
      return refusal(ticket, Hold.NO_TURN, delay);
    }
    ticket.point = Ticket.Point.RUNNING;
    ticket.generation = breaker.admit(now);
    pace.grant();
    running++;
    return ticket::run;
  }

  /** The attempt begins; false if nobody waits for it any more. */
  boolean begun(Ticket<?> ticket) {
    synchronized (this) {
      if (ticket.point != Ticket.Point.RUNNING) {
        return false;
      }
      ticket.sentAt = surroundings.now();
      ticket.begun = true;
    }
    events.sent(ticket.request.kind(), Duration.ofNanos(ticket.sentAt - ticket.since));
    return true;
  }

  /**
   * The attempt is about to be sent: a busy event loop, a connection or a process that stood still
   * may have kept it for a while. False if our part of the rate has become too small for it.
   */
  synchronized boolean sends(Ticket<?> ticket) {
    if (ticket.point != Ticket.Point.RUNNING || ticket.sent) {
      return true;
    }
    long now = surroundings.now();
    if (!pace.mayBeSent(now)) {
      ticket.begun = false;
      return false;
    }
    ticket.sent = true;
    ticket.sentAt = now;
    pace.sent(now);
    return true;
  }

  private Runnable wakeUp(long delay) {
    wakeUpSet = true;
    return () -> surroundings.timer().schedule(this::wake, delay, TimeUnit.NANOSECONDS);
  }

  private void wake() {
    synchronized (this) {
      wakeUpSet = false;
    }
    drain();
  }

  /** An attempt was answered or failed; false if nobody waits for it any more. */
  boolean ended(Ticket<?> ticket, @Nullable Throwable failure) {
    Duration pause = Throttled.pause(failure, config.pause());
    synchronized (this) {
      if (ticket.point != Ticket.Point.RUNNING) {
        return false;
      }
      long now = surroundings.now();
      release(ticket, Verdict.of(failure), now);
      if (pause != null) {
        pace.refused(ticket.sentAt, now, pause.toNanos());
      }
    }
    if (pause != null) {
      events.paused(pause);
    }
    drain();
    return true;
  }

  /** Nobody waits for it any more; false if it was over before. */
  boolean left(Ticket<?> ticket) {
    synchronized (this) {
      switch (ticket.point) {
        case WAITING -> {
          line.remove(ticket.request.caller(), ticket);
          ticket.point = Ticket.Point.ENDED;
        }
        case RUNNING -> release(ticket, Verdict.SILENT, surroundings.now());
        case ENDED -> {
          return false;
        }
      }
    }
    drain();
    return true;
  }

  private void release(Ticket<?> ticket, Verdict verdict, long now) {
    ticket.point = Ticket.Point.ENDED;
    running--;
    if (!ticket.begun) {
      pace.giveUp();
    } else if (!ticket.sent) {
      // A connection that could not be made is paced like one that could.
      pace.sent(now);
    }
    breaker.ended(ticket.generation, verdict, now);
  }

  private void expire(Ticket<?> ticket) {
    Runnable refusal;
    synchronized (this) {
      if (ticket.point != Ticket.Point.WAITING) {
        return;
      }
      String caller = ticket.request.caller();
      long turn = pace.delay(surroundings.now(), line.ahead(caller, ticket));
      line.remove(caller, ticket);
      refusal = refusal(ticket, Hold.NO_TURN, turn);
    }
    refusal.run();
  }

  private @Nullable Runnable refuseFirst(Hold hold, long wait) {
    Ticket<?> ticket = line.poll();
    return ticket == null ? null : refusal(ticket, hold, wait);
  }

  private Runnable refusal(Ticket<?> ticket, Hold hold, long wait) {
    ticket.point = Ticket.Point.ENDED;
    // What waits for others to end has no known turn; a second is asked for then.
    HeldBack held = new HeldBack(hold, Duration.ofNanos(wait > 0 ? wait : SECOND));
    return () -> {
      events.heldBack(hold);
      ticket.refuse(held);
    };
  }
}
