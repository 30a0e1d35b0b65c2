package io.planwarden.usageplan;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Paging;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.ListWindow;

/** The request at hand, as the gateway needs it. */
final class Calls {
  private Calls() {}

  static Call of(CurrentRequest request) {
    return new Call(request.caller().share(), request.deadline());
  }

  static Paging paging(ListWindow window) {
    return new Paging(window.offset(), window.limit());
  }
}
