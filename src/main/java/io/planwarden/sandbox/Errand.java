package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.ErrorCodeType;
import io.planwarden.sandbox.Switch.SuccessStatus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for. It can be done, now or later, or only be pretended; a reset does not
 * reach it, so that what it still does after one is not seen.
 */
final class Errand {

  private static final System.Logger LOG = System.getLogger(Errand.class.getName());
  private static final int BODY_MAX = 1 << 20;

  private final Passage passage;
  private final Request request;
  private final boolean authenticated;
  private final Operations.@Nullable Found found;
  private final History history;
  private final Ledger ledger;
  private @Nullable String fault;

  Errand(Passage passage, Request request, boolean authenticated) {
    this.passage = passage;
    this.request = request;
    this.authenticated = authenticated;
    found = Operations.find(request);
    history = passage.world().history();
    ledger = passage.world().ledger();
  }

  Request request() {
    return request;
  }

  /** The kind of the operation, or null if there is none at that path. */
  @Nullable String kind() {
    return found == null ? null : found.operation().kind();
  }

  boolean isRead() {
    return Operation.READ.equals(kind());
  }

  boolean isChange() {
    return found != null && found.operation().writes();
  }

  /** The fault that is in play. */
  @Nullable String fault() {
    return fault;
  }

  /** Names the fault in play; it must be named before anything takes effect. */
  void blame(String name) {
    fault = name;
  }

  ErrorCodeType errorCodeType() {
    return switches().get(Switch.ERROR_CODE_TYPE);
  }

  /** Does it, unless it is refused. */
  Reply.Whole perform() {
    return answer(Duration.ZERO, true);
  }

  /** Answers as if it had been done. */
  Reply.Whole pretend() {
    return answer(Duration.ZERO, false);
  }

  /** Does it, a read as it would have been answered some time ago. */
  Reply.Whole performAsOf(Duration age) {
    return answer(age, true);
  }

  private Reply.Whole answer(Duration age, boolean commit) {
    try {
      Instant now = passage.clock().instant();
      Outcome outcome = run(now, age);
      Effect effect = outcome.effect();
      if (commit && effect != null) {
        commit(now, effect);
      }
      return switches().is(Switch.SUCCESS_STATUS, SuccessStatus.OK)
          ? outcome.reply().withStatus(200)
          : outcome.reply();
    } catch (Refusal refusal) {
      return refusal.reply(errorCodeType());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "sandbox operation failed", e);
      return new Refusal(RefusalCode.UNEXPECTED).reply(errorCodeType());
    }
  }

  private Outcome run(Instant now, Duration age) {
    if (!authenticated) {
      throw new Refusal(RefusalCode.AUTHENTICATION_FAILED);
    }
    if (request.body().length() > BODY_MAX) {
      throw new Refusal(RefusalCode.TOO_LARGE);
    }
    if (found == null) {
      throw new Refusal(RefusalCode.NO_SUCH_PATH);
    }
    Operation operation = found.operation();
    State state = operation.writes() ? history.current() : history.visible(now.minus(age));
    return operation
        .action()
        .run(new Call(request, now, found.named(), state, switches(), passage.ids()));
  }

  private void commit(Instant now, Effect effect) {
    Duration heldBack = Duration.ofMillis(switches().get(Switch.READ_AFTER_WRITE_DELAY));
    history.commit(effect.next(), now, heldBack, passage.world().rules().reach());
    ledger.append(now, this, effect);
  }

  private Switches switches() {
    return passage.world().switches();
  }
}
