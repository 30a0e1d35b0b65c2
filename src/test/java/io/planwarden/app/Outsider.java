package io.planwarden.app;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Reach;
import io.planwarden.ncp.NcpGateway;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Somebody who changes NCP past Planwarden, as the console does. */
@Singleton
public class Outsider {
  private final NcpGateway ncp;
  private final Clock clock;

  Outsider(NcpGateway ncp, Clock clock) {
    this.ncp = ncp;
    this.clock = clock;
  }

  /** Edits a plan. */
  public void edit(String usagePlanId, String name, Limits limits) {
    send(new Change.EditPlan(usagePlanId, new PlanSettings(name, null, limits)));
  }

  /** Makes a plan and tells its id. */
  public String create(String name, Limits limits) {
    return send(new Change.CreatePlan(new PlanSettings(name, null, limits)));
  }

  private String send(Change change) {
    var receipt =
        ncp.send(change, new Call("outsider", clock.instant().plusSeconds(10), Reach.ALL))
            .await()
            .atMost(Duration.ofSeconds(10));
    return receipt.plan() == null ? null : receipt.plan().usagePlanId();
  }
}
