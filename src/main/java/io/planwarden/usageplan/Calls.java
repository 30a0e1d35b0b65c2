package io.planwarden.usageplan;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.Reach;
import io.planwarden.request.Caller;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.ListWindow;

/** The request at hand, as the gateway needs it. */
final class Calls {
  private Calls() {}

  static Call of(CurrentRequest request) {
    Caller caller = request.caller();
    return new Call(caller.share(), request.deadline(), new Reach(caller.products()));
  }

  static Paging paging(ListWindow window) {
    return new Paging(window.offset(), window.limit());
  }
}
