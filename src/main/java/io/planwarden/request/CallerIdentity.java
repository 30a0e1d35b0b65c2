package io.planwarden.request;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** A caller as the platform's security carries it along with a request. */
public final class CallerIdentity {
  private static final String CALLER = "planwarden.caller";

  private CallerIdentity() {}

  /** The identity that stands for the caller, with its roles. */
  public static SecurityIdentity of(Caller caller) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(caller.id()))
        .addRoles(caller.roles())
        .addAttribute(CALLER, caller)
        .build();
  }

  /** Who was authenticated, if anybody was. */
  public static Optional<Caller> callerOf(RoutingContext http) {
    return http.user() instanceof QuarkusHttpUser user
        ? Optional.ofNullable(user.getSecurityIdentity().<Caller>getAttribute(CALLER))
        : Optional.empty();
  }
}
