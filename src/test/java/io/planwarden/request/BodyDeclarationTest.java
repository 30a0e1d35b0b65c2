package io.planwarden.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a body is declared, how large it is, and how it comes. */
@QuarkusTest
class BodyDeclarationTest {
  static final String INVALID = "{\"usagePlanName\": \"\"}";

  @Inject SandboxClient sandbox;
  @TestHTTPResource URI here;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\"",
        "APPLICATION/JSON",
      })
  void json_isRead(String type) throws IOException {
    RawHttp.Answer answer = post("Content-Type: " + type, INVALID);

    assertThat(answer.isProblem("invalid-field")).as(answer.body()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: */*",
        "Content-Type: text/plain",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/xml",
        "Content-Type: application/merge-patch+json",
        "Content-Type: application/json; charset=iso-8859-1",
        "Content-Type: application/json; charset=utf-16",
        "Content-Type: nonsense",
        "Content-Type: ",
        "Content-Type: application/json\nContent-Encoding: gzip",
        "Content-Type: application/json\nContent-Encoding: identity, gzip",
        "Content-Type: application/json\nContent-Encoding: br",
      })
  void otherDeclaration_is415(String headers) throws IOException {
    RawHttp.Answer answer = post(headers, INVALID);

    assertThat(answer.status()).as(answer.body()).isEqualTo(415);
    assertThat(answer.isProblem("unsupported-media-type")).isTrue();
    assertThat(sandbox.calls()).isZero();
  }

  @Test
  void otherMediaType_isToldWhatIsRead() {
    given()
        .contentType("text/plain")
        .body(INVALID)
        .post("/v1/usage-plans")
        .then()
        .statusCode(415)
        .header("Accept", "application/json")
        .body("detail", startsWith("The operation reads application/json."));
  }

  @Test
  void compressedBody_isToldWhatIsRead() {
    given()
        .contentType("application/json")
        .header("Content-Encoding", "gzip")
        .body(INVALID)
        .post("/v1/usage-plans")
        .then()
        .statusCode(415)
        .header("Accept-Encoding", "identity");
  }

  @Test
  void bodyOf64KiB_isRead() throws IOException {
    String body = padded(RequestBody.MAX_BYTES);

    assertThat(post("Content-Type: application/json", body).isProblem("invalid-field")).isTrue();
    assertThat(chunked(body).isProblem("invalid-field")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {RequestBody.MAX_BYTES + 1, 2_000_000})
  void largerBody_is413(int size) throws IOException {
    RawHttp.Answer announced = post("Content-Type: application/json", padded(size));
    RawHttp.Answer chunked = chunked(padded(size));

    assertThat(announced.status()).isEqualTo(413);
    assertThat(announced.isProblem("content-too-large")).isTrue();
    assertThat(announced.header("connection")).isEqualTo("close");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.isProblem("content-too-large")).isTrue();
    assertThat(sandbox.calls()).isZero();
  }

  @Test
  void largerBody_isRefusedOnEveryPath() throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send("GET /nothing HTTP/1.1\nHost: localhost\nContent-Length: 70000\n\n");
      assertThat(http.read().isProblem("content-too-large")).isTrue();
    }
  }

  @Test
  void largeBodyThatWaits_isNotAskedFor() throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send(head("Content-Type: application/json\nExpect: 100-continue", 70_000));
      assertThat(http.read().isProblem("content-too-large")).isTrue();
    }
  }

  @Test
  void bodyThatWaits_isAskedForOnce() throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send(head("Content-Type: application/json\nExpect: 100-continue", INVALID.length()));
      assertThat(http.read().status()).isEqualTo(100);
      http.send(INVALID);
      assertThat(http.read().isProblem("invalid-field")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 0", "Transfer-Encoding: chunked", "Accept: */*"})
  void emptyBody_isMalformedJson(String framing) throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send(
          "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
              + (framing + "\n\n")
              + (framing.startsWith("Transfer") ? "0\n\n" : ""));
      assertThat(http.read().isProblem("malformed-json")).isTrue();
    }
  }

  @Test
  void bodyThatNothingReads_leavesTheConnectionUsable() throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      String body = "Host: localhost\nContent-Length: 5\n\nhello";
      for (String line : new String[] {"GET /probe/late-defect", "GET /x", "PATCH /v1/audit"}) {
        assertThat(http.send(line + " HTTP/1.1\n" + body).read().status()).isBetween(404, 500);
      }
      http.send("PUT /problems HTTP/1.1\n" + body);
      assertThat(http.read().status()).isEqualTo(405);
    }
  }

  @Test
  void body_isReadOnTheEventLoop() {
    given()
        .contentType("application/json")
        .body("{\"small\": 1, \"text\": \"" + "a".repeat(50_000) + "\"}")
        .post("/probe/thread")
        .then()
        .statusCode(200)
        .body(containsString("eventloop"));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void javasOwnClient_isAnsweredInBothVersions(HttpClient.Version version) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(here.resolve("/v1/usage-plans"))
            .header("Content-Type", "application/json");
    for (int size : new int[] {20, 65_536, 65_537, 300_000}) {
      HttpResponse<String> answer =
          client.send(
              request.POST(HttpRequest.BodyPublishers.ofString(padded(size))).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(size > RequestBody.MAX_BYTES ? 413 : 400);
      assertThat(answer.body()).contains(size > RequestBody.MAX_BYTES ? "content-too" : "invalid-");
    }
    HttpResponse<String> read =
        client.send(request.GET().build(), HttpResponse.BodyHandlers.ofString());
    assertThat(read.statusCode()).isEqualTo(200);
    HttpResponse<String> deleted =
        client.send(
            request.uri(here.resolve("/v1/usage-plans/a-b")).DELETE().build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(deleted.body()).contains("invalid-id");
  }

  /** An invalid body of so many bytes. */
  private static String padded(int size) {
    return INVALID + " ".repeat(Math.max(0, size - INVALID.length()));
  }

  private RawHttp.Answer post(String headers, String body) throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      return http.send(head(headers, body.length())).send(body).read();
    }
  }

  private RawHttp.Answer chunked(String body) throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send(
          "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
              + "Transfer-Encoding: chunked\n\n");
      for (int at = 0; at < body.length(); at += 10_000) {
        String chunk = body.substring(at, Math.min(body.length(), at + 10_000));
        http.send(Integer.toHexString(chunk.length()) + "\n" + chunk + "\n");
      }
      return http.send("0\n\n").read();
    }
  }

  private static String head(String headers, int length) {
    return "POST /v1/usage-plans HTTP/1.1\nHost: localhost\n%s\nContent-Length: %d\n\n"
        .formatted(headers, length);
  }
}
