package io.planwarden.request;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of the request at hand. Belongs to one request; not for use after its answer. */
@RequestScoped
public class CurrentRequest {
  private final RoutingContext http;

  public CurrentRequest(RoutingContext http) {
    this.http = http;
  }

  /** The id that every answer carries in {@link RequestId#HEADER}. */
  public String id() {
    return Objects.requireNonNull(http.<String>get(Arrival.REQUEST_ID));
  }

  /** Who asks; whoever may reach a resource was authenticated before. */
  public Caller caller() {
    return CallerIdentity.callerOf(http)
        .orElseThrow(() -> new IllegalStateException("the request was not authenticated"));
  }

  /** When the answer is due. */
  public Instant deadline() {
    return Objects.requireNonNull(http.<Instant>get(Arrival.DEADLINE));
  }

  /** The lines of a header, in the order in which they came. */
  public List<String> headers(String name) {
    return http.request().headers().getAll(name);
  }

  /**
   * Why the caller makes a change, null if nothing is said.
   *
   * @throws io.planwarden.problem.FacadeException {@code invalid-parameter}
   */
  public @Nullable String reason() {
    return ChangeReason.decode(headers(ChangeReason.HEADER));
  }
}
