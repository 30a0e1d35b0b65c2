package io.planwarden.sandbox;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Stands around the effect of every request and may delay it, answer in its place, or spoil the
 * answer after it. It runs on the sandbox's event loop.
 */
interface Interference {

  Interference NONE = (request, effect) -> effect.get();

  /**
   * Answers a request; calling {@code effect} is what makes it take effect, at once or later. A
   * failed future closes the connection without an answer.
   */
  Future<Reply> around(Request request, Supplier<Future<Reply>> effect);
}
