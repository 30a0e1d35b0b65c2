package io.planwarden.problem;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The pages that the {@code type} of a problem points to; for people, so not part of the API. */
@Path("/problems")
@PermitAll
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
public class ProblemResource {
  // The page is text; whatever else should ever get into it stays text.
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
  private static final List<Variant> VARIANTS =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_HTML_TYPE).build();

  /** Every error. */
  @GET
  @Operation(hidden = true)
  public RestResponse<Object> list(Request request) {
    List<ErrorCode> codes = ErrorPages.sorted();
    return isForBrowser(request)
        ? html(ErrorPages.list(codes))
        : json(Map.of("items", codes.stream().map(ErrorEntry::of).toList()));
  }

  /** One error. */
  @GET
  @Path("/{code}")
  @Operation(hidden = true)
  public RestResponse<Object> get(@RestPath String code, Request request) {
    ErrorCode known =
        Arrays.stream(ErrorCode.values())
            .filter(candidate -> candidate.code().equals(code))
            .findFirst()
            .orElseThrow(
                () -> new FacadeException(ErrorCode.UNKNOWN_PATH, "There is no such problem."));
    return isForBrowser(request) ? html(ErrorPages.one(known)) : json(ErrorEntry.of(known));
  }

  private static boolean isForBrowser(Request request) {
    Variant chosen = request.selectVariant(VARIANTS);
    return chosen != null && MediaType.TEXT_HTML_TYPE.isCompatible(chosen.getMediaType());
  }

  private static RestResponse<Object> json(Object body) {
    return ResponseBuilder.ok(body, MediaType.APPLICATION_JSON).build();
  }

  private static RestResponse<Object> html(String page) {
    return ResponseBuilder.<Object>ok(page, MediaType.TEXT_HTML + ";charset=UTF-8")
        .header("Content-Security-Policy", POLICY)
        .build();
  }
}
