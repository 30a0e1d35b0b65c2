package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.SuccessStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The one way in and out: every request for NCP passes here before and after its effect. */
record Passage(
    World world, Signature signature, Ids ids, InstantSource clock, Interference interference) {

  private static final System.Logger LOG = System.getLogger(Passage.class.getName());
  private static final int BODY_MAX = 1 << 20;

  Future<Reply> pass(Request request) {
    // Checked on receipt: a request that is delayed on purpose must not become stale meanwhile.
    boolean authenticated = signature.accepts(request);
    JsonObject entry = world.calls().received(request, authenticated);
    return interference
        .around(request, () -> Future.succeededFuture(answer(request, authenticated)))
        .onSuccess(reply -> entry.put("status", reply.status()));
  }

  private Reply answer(Request request, boolean authenticated) {
    try {
      if (!authenticated) {
        throw new Refusal(RefusalCode.AUTHENTICATION_FAILED);
      }
      if (request.body().length() > BODY_MAX) {
        throw new Refusal(RefusalCode.TOO_LARGE);
      }
      Reply reply = Operations.dispatch(request, (operation, ids) -> run(request, operation, ids));
      return world.switches().is(Switch.SUCCESS_STATUS, SuccessStatus.OK)
          ? reply.withStatus(200)
          : reply;
    } catch (Refusal refusal) {
      return refusal.reply(world.switches().get(Switch.ERROR_CODE_TYPE));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "sandbox operation failed", e);
      return new Refusal(RefusalCode.UNEXPECTED)
          .reply(world.switches().get(Switch.ERROR_CODE_TYPE));
    }
  }

  private Reply run(Request request, Operation operation, Map<String, String> named) {
    Instant now = clock.instant();
    History history = world.history();
    State state = operation.writes() ? history.current() : history.visible(now);
    Outcome outcome =
        operation.action().run(new Call(request, now, named, state, world.switches(), ids));
    Effect effect = outcome.effect();
    if (effect != null) {
      int heldBack = world.switches().get(Switch.READ_AFTER_WRITE_DELAY);
      history.commit(effect.next(), now, Duration.ofMillis(heldBack));
      world.ledger().append(now, request, effect);
    }
    return outcome.reply();
  }
}
