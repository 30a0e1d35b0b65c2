package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

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
}
