package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no HTTP client sends. */
@QuarkusTest
class WireTest {
  @Inject SandboxClient sandbox;
  @TestHTTPResource URI here;

  @AfterEach
  void nothingReachedNcp() {
    assertThat(sandbox.calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/usage-plans HTTP/1.1",
        "GET /v1/usage-plans HTTP/1.0",
        "GET /v1/usage-plans HTTP/1.1\nHost:",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost\nHost: localhost",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost\nHost: evil.example",
        "GET /v1/usage-plans HTTP/1.1\nHost: a b",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost:80:90",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost/x",
        "GET /v1/usage-plans HTTP/1.1\nHost: me@localhost",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost, localhost",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nTransfer-Encoding: gzip, chunked",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nTransfer-Encoding: identity",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n"
            + "Transfer-Encoding: chunked",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
            + "Content-Type: text/plain",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
            + "Content-Encoding: identity\nContent-Encoding: identity",
      })
  void brokenRuleOfHttp_isBadRequest(String head) throws IOException {
    RawHttp.Answer answer = RawHttp.exchange(here.getPort(), head);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.isProblem("bad-request")).as(answer.body()).isTrue();
  }

  @RepeatedTest(30)
  void otherTransferEncoding_endsTheConnection() throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send(
          "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nTransfer-Encoding: identity\n\n"
              + "GET /v1/usage-plans HTTP/1.1\nHost: localhost\n\n");
      assertThat(http.read().header("connection")).isEqualTo("close");
      assertThat(http.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "Content-Length: 5\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nContent-Length: 5",
      })
  void chunkedBodyOfAnOlderPeer_endsTheConnection(String framing) throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send(
          "POST /v1/usage-plans HTTP/1.0\nHost: localhost\nConnection: keep-alive\n"
              + framing
              + "\n\n0\n\nDELETE /v1/usage-plans/a HTTP/1.0\nHost: localhost\n\n");
      RawHttp.Answer answer = http.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.isProblem("bad-request")).as(answer.body()).isTrue();
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(http.isClosed()).isTrue();
    }
  }

  @Test
  void twoLengthsOfAnOlderPeer_endTheConnection() throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send("GET /nothing HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n");
      assertThat(http.read().status()).isEqualTo(404);
      http.send(
          "POST /nothing HTTP/1.0\nHost: localhost\nConnection: keep-alive\nContent-Length: 0\n"
              + "Content-Length: 47\n\nDELETE /v1/usage-plans/a HTTP/1.0\nHost: localhost\n\n");
      assertThat(http.read().status()).isEqualTo(400);
      assertThat(http.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "GET /v1/usage-plans",
        "GET /v1/%zz HTTP/1.1\nHost: localhost",
        "GET /v1/usage-plans?a=%zz HTTP/1.1\nHost: localhost",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost\nno colon",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost\nX-A: a\u0001b",
        "GET /v1/usage-plans HTTP/1.1\nHost: localhost\nX-Request-Id: a\rSet-Cookie: x=1",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Length: x",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Length: -1",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Length: 2\nContent-Length: 2",
        "POST /v1/usage-plans HTTP/1.0\nHost: localhost\nContent-Length: 0\nContent-Length: 2",
        "POST /v1/usage-plans HTTP/1.0\nHost: localhost\nContent-Length: 0\ncontent-length: 0",
        "POST /v1/usage-plans HTTP/1.0\nHost: localhost\nContent-Length: 0, 2",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Length: 5\n"
            + "Transfer-Encoding: chunked",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n"
            + "Content-Length: 5",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Length: 5, 6",
        "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Length: +5",
      })
  void whatTheServerCannotRead_is400WithoutABody(String head) throws IOException {
    RawHttp.Answer answer = RawHttp.exchange(here.getPort(), head);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers()).doesNotContainKey("set-cookie");
  }

  @ParameterizedTest
  @CsvSource({"4096, 400", "4097, 414", "16000, 414"})
  void requestLine_mayHave4KiB(int bytes, int status) throws IOException {
    String fill = "a".repeat(bytes - "GET /v1/usage-plans? HTTP/1.1".length());

    RawHttp.Answer answer =
        RawHttp.exchange(
            here.getPort(), "GET /v1/usage-plans?" + fill + " HTTP/1.1\nHost: localhost");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.isProblem(status == 414 ? "uri-too-long" : "invalid-parameter")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"16384, 404", "16385, 431", "30000, 431"})
  void headers_mayHave16KiB(int bytes, int status) throws IOException {
    String fill = "a".repeat(bytes - "Host: localhost\r\nX-A: \r\n".length());

    RawHttp.Answer answer =
        RawHttp.exchange(here.getPort(), "GET /nothing HTTP/1.1\nHost: localhost\nX-A: " + fill);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.isProblem(status == 431 ? "headers-too-large" : "unknown-path")).isTrue();
  }

  @Test
  void limitsOfTheServer_answerWithoutABody() throws IOException {
    String line = "GET /" + "a".repeat(20_000) + " HTTP/1.1\nHost: localhost";
    String headers = "GET / HTTP/1.1\nHost: localhost\nX-A: " + "a".repeat(40_000);

    assertBare(RawHttp.exchange(here.getPort(), line), 414);
    assertBare(RawHttp.exchange(here.getPort(), headers), 431);
  }

  private static void assertBare(RawHttp.Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers()).doesNotContainKey("x-request-id");
  }

  @ParameterizedTest
  @CsvSource({"100, 404", "101, 431", "9000, 431"})
  void headers_mayBe100(int headers, int status) throws IOException {
    String more = "\na:".repeat(headers - 1);

    assertThat(RawHttp.exchange(here.getPort(), "GET /x HTTP/1.1\nHost: localhost" + more).status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", " b", "\n b", "\r b"})
  void headerOnSeveralLines_is400HoweverItComes(String next) throws IOException {
    String first = "\n\nGET /x HTTP/1.1\nHost: localhost\nX-A: a\n";
    String rest = (next.startsWith("\n") ? "X-B:" + next : next) + "\nX-C: c\n\n";
    assertThat(RawHttp.exchange(here.getPort(), first + rest.stripTrailing()).status())
        .isEqualTo(400);
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send("GET /x HTTP/1.1\nHost: localhost\n\n");
      assertThat(http.read().status()).isEqualTo(404);
      http.send(first);
      http.send(rest);
      assertThat(http.read().status()).isEqualTo(400);
      assertThat(http.isClosed()).isTrue();
    }
  }

  @Test
  void headersBehindABody_endTheConnection() throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      http.send(
          "POST /v1/usage-plans HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
              + "Transfer-Encoding: chunked\n\n2\n{}\n0\nX-A: a\n\n");
      assertThat(http.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEAD /nothing HTTP/1.1\nHost: localhost",
        "HEAD /v1/usage-plans?x=1 HTTP/1.1\nHost: localhost",
        "HEAD /v1/usage-plans HTTP/1.1\nHost: evil.example",
        "HEAD /v1/usage-plans HTTP/1.1",
        "HEAD /problems HTTP/1.1\nHost: localhost",
        "HEAD /q/swagger-ui/ HTTP/1.1\nHost: localhost",
      })
  void head_isAnsweredWithoutABody(String head) throws IOException {
    try (RawHttp http = new RawHttp(here.getPort())) {
      RawHttp.Answer first = http.send(head + "\n\n").read(true);
      assertThat(first.header("x-request-id")).isNotNull();

      // Bytes of a body would stand before this answer.
      http.send("GET /nothing HTTP/1.1\nHost: localhost\n\n");
      assertThat(http.read().isProblem("unknown-path")).isTrue();
    }
  }
}
