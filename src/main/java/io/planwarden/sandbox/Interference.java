package io.planwarden.sandbox;

import io.vertx.core.Future;

/**
 * Stands around the effect of every request and may delay it, answer in its place, or spoil the
 * answer after it. It runs on the sandbox's event loop.
 */
interface Interference {

  Interference NONE = errand -> Future.succeededFuture(errand.perform());

  /** Answers a request; whether it takes effect, and when, is what is done with the errand. */
  Future<Reply> around(Errand errand);
}
