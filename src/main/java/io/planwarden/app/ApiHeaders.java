package io.planwarden.app;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The headers of answers, as the OpenAPI document tells them. */
final class ApiHeaders {
  // All others are given before anything of a change is on record.
  private static final Set<Integer> OF_RECORDED =
      Set.of(400, 404, 409, 412, 422, 500, 502, 503, 504);

  private ApiHeaders() {}

  /** What every answer carries that is no problem. */
  static void ofSuccess(APIResponse response) {
    response.addHeader(
        "X-Request-Id", text("The id of the request, the caller's own or a new one"));
    limits().forEach(response::addHeader);
  }

  /** What an answer carries besides that tells of a change which ended well. */
  static void ofChange(APIResponse response) {
    recorded("How it ended: applied, unchanged or adopted").forEach(response::addHeader);
  }

  /** What tells where that is which was made. */
  static void ofCreation(APIResponse response) {
    response.addHeader("Location", text("Where to read it"));
  }

  /** What representations that have versions carry. */
  static void ofVersion(APIResponse response) {
    response.addHeader("ETag", text("The version, to be sent as If-Match or If-None-Match"));
  }

  /** What a representation carries that may have been kept. */
  static void ofKept(APIResponse response) {
    response.addHeader(
        "Age", text("How many seconds ago NCP was asked, where the read cache answers"));
  }

  static Map<String, Header> ofProblem(int status, boolean change) {
    Map<String, Header> headers = new TreeMap<>();
    headers.put("X-Request-Id", text("The id of the request"));
    headers.putAll(limits());
    if (change && OF_RECORDED.contains(status)) {
      headers.putAll(recorded("How it ended, or unknown; only of a change that is on record"));
    }
    if (status == 401) {
      headers.put("WWW-Authenticate", text("How to authenticate (RFC 6750)"));
    }
    if (status == 409) {
      headers.put("Location", text("The operation to look at, where one is not settled"));
    }
    if (status == 409 || status == 502 || status == 504) {
      headers.put("Retry-After", text("Seconds to wait before trying again, if that may help"));
    }
    if (status == 412) {
      headers.put("ETag", text("The version that the target has now"));
    }
    if (status == 429 || status == 503) {
      headers.put("Retry-After", text("Seconds to wait before trying again"));
    }
    if (status == 504) {
      headers.put("Location", text("The operation to look at, for a change"));
    }
    return headers;
  }

  /** What tells of a change that is on record; a dry run has none of it. */
  private static Map<String, Header> recorded(String outcome) {
    return new TreeMap<>(
        Map.of(
            "Operation-Id", text("Where to find the change: /v1/operations/{id}"),
            "Operation-Outcome", text(outcome),
            "Changed-Outside",
                text("Members that somebody else changed since Planwarden last saw the target"),
            "Idempotency-Replayed", text("true on the answer to a request that was sent before")));
  }

  private static Map<String, Header> limits() {
    // Sorted, so that the committed document does not depend on the run that wrote it.
    Map<String, Header> headers = new TreeMap<>();
    headers.put(
        "RateLimit-Policy",
        text(
            "The caller's limit: how many (q) in how many seconds (w). Left out where no limit is"
                + " set, and where it is not known yet who asks"));
    headers.put(
        "RateLimit", text("What is left of it (r), and in how many seconds it is whole again (t)"));
    return headers;
  }

  private static Header text(String description) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(SchemaType.STRING));
  }
}
