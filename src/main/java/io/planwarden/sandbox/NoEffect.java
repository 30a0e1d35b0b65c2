package io.planwarden.sandbox;

import io.vertx.core.Future;

/** A change is answered as if it had taken effect. */
record NoEffect() implements Fault {

  @Override
  public Future<Reply> strike(Errand errand, Pause pause) {
    return Future.succeededFuture(errand.pretend());
  }

  @Override
  public boolean concerns(Errand errand) {
    return errand.isChange();
  }
}
