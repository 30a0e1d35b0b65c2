package io.planwarden.problem;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
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

  /** Every error. */
  @GET
  @Operation(hidden = true)
  public RestResponse<Object> list(HttpHeaders headers) {
    List<ErrorCode> codes = ErrorPages.sorted();
    return isForBrowser(headers)
        ? html(ErrorPages.list(codes))
        : json(Map.of("items", codes.stream().map(ErrorEntry::of).toList()));
  }

  /** One error. */
  @GET
  @Path("/{code}")
  @Operation(hidden = true)
  public RestResponse<Object> get(@RestPath String code, HttpHeaders headers) {
    ErrorCode known =
        Arrays.stream(ErrorCode.values())
            .filter(candidate -> candidate.code().equals(code))
            .findFirst()
            .orElseThrow(
                () -> new FacadeException(ErrorCode.UNKNOWN_PATH, "There is no such problem."));
    return isForBrowser(headers) ? html(ErrorPages.one(known)) : json(ErrorEntry.of(known));
  }

  /** By the header as it is parsed for the route; {@code Request} fails on some that pass there. */
  private static boolean isForBrowser(HttpHeaders headers) {
    return headers.getAcceptableMediaTypes().stream()
        .filter(type -> isJson(type) || MediaType.TEXT_HTML_TYPE.isCompatible(type))
        .findFirst()
        .map(preferred -> !isJson(preferred))
        .orElse(false);
  }

  private static boolean isJson(MediaType type) {
    return MediaType.APPLICATION_JSON_TYPE.isCompatible(type);
  }

  private static RestResponse<Object> json(Object body) {
    return ResponseBuilder.ok(body, MediaType.APPLICATION_JSON).header("Vary", "Accept").build();
  }

  private static RestResponse<Object> html(String page) {
    return ResponseBuilder.<Object>ok(page, MediaType.TEXT_HTML + ";charset=UTF-8")
        .header("Vary", "Accept")
        .header("Content-Security-Policy", POLICY)
        .build();
  }
}
