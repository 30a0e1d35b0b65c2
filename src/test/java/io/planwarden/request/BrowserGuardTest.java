package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.SandboxClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web page may make a browser do, which is nothing. */
@QuarkusTest
class BrowserGuardTest {
  @Inject SandboxClient sandbox;
  @TestHTTPResource URI here;

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:65535"})
  void nameOfLoopback_isAnswered(String host) throws IOException {
    assertThat(get("/v1/usage-plans", host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/usage-plans, evil.example",
    "/v1/usage-plans, evil.example:8080",
    "/v1/usage-plans, localhost.evil.example",
    "/v1/usage-plans, localhost.",
    "/v1/usage-plans, 127.0.0.2",
    "/v1/usage-plans, 0.0.0.0",
    "/v1/usage-plans, [::2]",
    "/v1/usage-plans, 2130706433",
    "/nothing, evil.example",
    "/q/swagger-ui/, evil.example",
    "/q/openapi, evil.example",
    "/problems, evil.example",
    "/, evil.example",
  })
  void otherName_is421OnEveryPath(String path, String host) throws IOException {
    RawHttp.Answer answer = get(path, host);

    assertThat(answer.status()).isEqualTo(421);
    assertThat(answer.isProblem("host-not-allowed")).isTrue();
    assertThat(sandbox.calls()).isZero();
  }

  @Test
  void nameInAProxyHeader_doesNotCount() throws IOException {
    RawHttp.Answer answer =
        RawHttp.exchange(
            here.getPort(),
            "GET /v1/usage-plans HTTP/1.1\nHost: evil.example\nX-Forwarded-Host: localhost\n"
                + "Forwarded: host=localhost");

    assertThat(answer.status()).isEqualTo(421);
  }

  @Test
  void managementPort_answersUnderEveryName() throws IOException {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);

    assertThat(RawHttp.exchange(port, "GET /q/health/live HTTP/1.1\nHost: probe.example").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: nonsense",
        "Sec-Fetch-Site: cross-site\nOrigin: http://localhost",
        "Origin: http://evil.example",
        "Origin: http://localhost:1",
        "Origin: null",
        "Origin:",
      })
  void changeFromAnotherSite_is403(String headers) throws IOException {
    for (String line :
        new String[] {"DELETE /v1/usage-plans/planopen01", "POST /v1/usage-plans", "PUT /x"}) {
      RawHttp.Answer answer =
          RawHttp.exchange(here.getPort(), line + " HTTP/1.1\nHost: localhost\n" + headers);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.isProblem("cross-site-request")).isTrue();
    }
    assertThat(sandbox.calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "Origin: http://localhost",
        "Accept: */*",
      })
  void changeFromOwnPageOrProgram_isLookedAt(String headers) throws IOException {
    RawHttp.Answer answer =
        RawHttp.exchange(
            here.getPort(),
            "DELETE /v1/usage-plans/not-an-id HTTP/1.1\nHost: localhost\n" + headers);

    assertThat(answer.isProblem("invalid-id")).as(answer.body()).isTrue();
  }

  @Test
  void readFromAnotherSite_isAnswered() throws IOException {
    RawHttp.Answer answer =
        RawHttp.exchange(
            here.getPort(),
            "GET /v1/usage-plans HTTP/1.1\nHost: localhost\nSec-Fetch-Site: cross-site\n"
                + "Origin: http://evil.example");

    assertThat(answer.status()).isEqualTo(200);
    // Without it no browser shows the answer to the page.
    assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void preflight_allowsNothing() throws IOException {
    RawHttp.Answer answer =
        RawHttp.exchange(
            here.getPort(),
            "OPTIONS /v1/usage-plans HTTP/1.1\nHost: localhost\nOrigin: http://evil.example\n"
                + "Access-Control-Request-Method: PUT");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  private RawHttp.Answer get(String path, String host) throws IOException {
    return RawHttp.exchange(here.getPort(), "GET " + path + " HTTP/1.1\nHost: " + host);
  }
}
