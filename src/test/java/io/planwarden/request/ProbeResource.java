package io.planwarden.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What no operation of the API has, for tests: defects, and bodies of other shapes. */
@Path("/probe")
@PermitAll
public class ProbeResource {
  /** A body with every kind of member. */
  public record Body(
      String text, int small, Long large, Boolean flag, List<Item> items, List<String> names) {}

  /** A member of a list. */
  public record Item(String id) {}

  @GET
  @Path("/defect")
  @Operation(hidden = true)
  public Uni<String> defect() {
    throw new IllegalStateException("secret of the defect");
  }

  @GET
  @Path("/late-defect")
  @Operation(hidden = true)
  public Uni<String> lateDefect() {
    return Uni.createFrom().failure(new IllegalStateException("secret of the defect"));
  }

  @GET
  @Path("/unwritable")
  @Operation(hidden = true)
  public Uni<Object> unwritable() {
    return Uni.createFrom().item(new Object());
  }

  /** What would handle a failure to tell who calls. */
  @GET
  @Path("/failure-handler")
  @Operation(hidden = true)
  public Uni<String> failureHandler(@Context RoutingContext http) {
    Object handler = http.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
    return Uni.createFrom().item(handler.getClass().getName());
  }

  @POST
  @Path("/body")
  @Operation(hidden = true)
  public Uni<Body> body(Body body) {
    return Uni.createFrom().item(Bodies.required(body));
  }

  @POST
  @Path("/tree")
  @Operation(hidden = true)
  public Uni<JsonNode> tree(JsonNode body) {
    return Uni.createFrom().item(Bodies.required(body));
  }

  @POST
  @Path("/thread")
  @Operation(hidden = true)
  public Uni<String> thread(Body body) {
    return Uni.createFrom().item(Thread.currentThread().getName());
  }
}
