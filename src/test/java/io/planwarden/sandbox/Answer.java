package io.planwarden.sandbox;

import static io.planwarden.app.OpenApiDocument.NCP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.Response;
import io.planwarden.app.HttpMessages;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** An answer of the sandbox, as tests look at it. */
record Answer(HttpResponse<String> http) {

  int status() {
    return http.statusCode();
  }

  String text() {
    return http.body();
  }

  String header(String name) {
    return http.headers().firstValue(name).orElse("");
  }

  JsonObject json() {
    return new JsonObject(text());
  }

  JsonObject json(String member) {
    return json().getJsonObject(member);
  }

  JsonArray list(String member) {
    return json().getJsonArray(member);
  }

  JsonObject error() {
    return json("error");
  }

  Answer is(int status) {
    assertEquals(status, status(), text());
    return this;
  }

  /** Asserts an error of the envelope with this status and code. */
  void isError(int status, String code) {
    is(status);
    assertEquals(code, error().getString("errorCode"));
  }

  /** What the answer has against NCP's document; nothing if it is not NCP's. */
  List<String> faults() {
    String path = http.request().uri().getRawPath();
    if (!path.startsWith("/api/v1/")) {
      return List.of();
    }
    String method = http.request().method();
    Response response = HttpMessages.response(status(), http.headers().map(), text());
    boolean described =
        List.of("GET", "POST", "PUT", "DELETE").contains(method)
            && NCP.get().has(HttpMessages.request(method, path, Map.of(), ""));
    // What is served nowhere is refused in the form that all errors have.
    return described
        ? NCP.get().faultsOf(Method.valueOf(method), path, response)
        : NCP.get().faultsOf(Method.GET, "/api/v1/products", response);
  }
}
