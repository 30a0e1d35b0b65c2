package io.planwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;

/** HTTP messages in the form that {@link OpenApiDocument} reads. */
public final class HttpMessages {
  private HttpMessages() {}

  /**
   * A request.
   *
   * @param target path and query as on the request line
   * @param body empty if there is none
   */
  public static Request request(
      String method, String target, Map<String, List<String>> headers, String body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    SimpleRequest.Builder request = new SimpleRequest.Builder(method, path);
    headers.forEach(request::withHeader);
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&", -1)) {
        String[] sides = pair.split("=", 2);
        request.withQueryParam(decoded(sides[0]), sides.length == 1 ? "" : decoded(sides[1]));
      }
    }
    return body.isEmpty() ? request.build() : request.withBody(body).build();
  }

  /**
   * An answer.
   *
   * @param body empty if there is none
   */
  public static Response response(int status, Map<String, List<String>> headers, String body) {
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    headers.forEach(response::withHeader);
    return body.isEmpty() ? response.build() : response.withBody(body).build();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
