package io.planwarden.app;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The headers of answers, as the OpenAPI document tells them. */
final class ApiHeaders {
  private ApiHeaders() {}

  static void ofSuccess(APIResponse response, boolean change) {
    response.addHeader(
        "X-Request-Id", text("The id of the request, the caller's own or a new one"));
    limits().forEach(response::addHeader);
    if (change) {
      response.addHeader("Operation-Id", text("Where to find the change: /v1/operations/{id}"));
      response.addHeader("Operation-Outcome", text("How it ended: applied, unchanged or adopted"));
      response.addHeader(
          "Changed-Outside",
          text("Members that somebody else changed since Planwarden last saw the target"));
      response.addHeader(
          "Idempotency-Replayed", text("true on the answer to a request that was sent before"));
    }
  }

  /** What representations that have versions carry. */
  static void ofVersion(APIResponse response) {
    response.addHeader("ETag", text("The version, to be sent as If-Match or If-None-Match"));
  }

  static Map<String, Header> ofProblem(int status) {
    Map<String, Header> headers = new TreeMap<>();
    headers.put("X-Request-Id", text("The id of the request"));
    headers.putAll(limits());
    if (status == 401) {
      headers.put("WWW-Authenticate", text("How to authenticate (RFC 6750)"));
    }
    if (status == 409) {
      headers.put("Location", text("The operation to look at, where one is not settled"));
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
