package io.planwarden.catalog;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.Reach;
import io.planwarden.request.Caller;
import io.planwarden.request.CurrentRequest;
import io.planwarden.request.ListWindow;

/** The request at hand, as the gateway needs it. */
public final class Calls {
  private Calls() {}

  /** A call for its caller: in its turn, within its deadline, as far as it may reach. */
  public static Call of(CurrentRequest request) {
    Caller caller = request.caller();
    return new Call(caller.share(), request.deadline(), new Reach(caller.products()));
  }

  /** The items that a list is asked for. */
  public static Paging paging(ListWindow window) {
    return new Paging(window.offset(), window.limit());
  }
}
