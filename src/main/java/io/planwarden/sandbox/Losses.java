package io.planwarden.sandbox;

import io.planwarden.sandbox.Reply.Cut;
import io.planwarden.sandbox.Reply.Lost;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The faults in which the answer is lost. */
final class Losses {

  private Losses() {}

  static Future<Reply> drop(Errand errand, Pause pause) {
    return Future.succeededFuture(Lost.CLOSED);
  }

  static Future<Reply> neverAnswer(Errand errand, Pause pause) {
    return Promise.<Reply>promise().future();
  }

  static Future<Reply> neverAnswerApplied(Errand errand, Pause pause) {
    errand.perform();
    return neverAnswer(errand, pause);
  }

  static Future<Reply> resetBeforeEffect(Errand errand, Pause pause) {
    return Future.succeededFuture(Lost.RESET);
  }

  static Future<Reply> resetAfterEffect(Errand errand, Pause pause) {
    errand.perform();
    return Future.succeededFuture(Lost.RESET);
  }

  static Future<Reply> resetInHeaders(Errand errand, Pause pause) {
    return Future.succeededFuture(new Cut(errand.perform(), Cut.Where.HEAD));
  }

  static Future<Reply> resetInBody(Errand errand, Pause pause) {
    return Future.succeededFuture(new Cut(errand.perform(), Cut.Where.BODY));
  }
}
