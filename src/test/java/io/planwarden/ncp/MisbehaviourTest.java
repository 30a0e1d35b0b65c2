package io.planwarden.ncp;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.planwarden.ncp.FakeNcp.CALL;
import static io.planwarden.ncp.FakeNcp.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisbehaviourTest {
  private static final Query<?> READ = new Query.GetPlan("plan1wthl9");
  private static final Change WRITE = new Change.AttachStage(Samples.STAGE, "plan1wthl9");

  @RegisterExtension static final FakeNcp NCP = new FakeNcp(Duration.ofSeconds(2));

  @ParameterizedTest
  @CsvSource({
    "400, '\"100\"',   PERMANENT,       UPSTREAM_REJECTED",
    "401, '\"200\"',   CREDENTIALS,     UPSTREAM_CREDENTIALS_REJECTED",
    "401, 200,         CREDENTIALS,     UPSTREAM_CREDENTIALS_REJECTED",
    "401, '\"210\"',   PERMANENT,       UPSTREAM_PERMISSION_DENIED",
    "401, 210,         PERMANENT,       UPSTREAM_PERMISSION_DENIED",
    "403, '\"230\"',   PERMANENT,       UPSTREAM_PERMISSION_DENIED",
    "404, '\"300\"',   PERMANENT,       UPSTREAM_NOT_FOUND",
    "404, '\"10008\"', PERMANENT,       UPSTREAM_NOT_FOUND",
    "429, '\"400\"',   ACCOUNT_QUOTA,   UPSTREAM_QUOTA_EXHAUSTED",
    "429, '\"410\"',   REFUSED_FOR_NOW, UPSTREAM_THROTTLED",
    "429, '\"420\"',   REFUSED_FOR_NOW, UPSTREAM_THROTTLED",
    "429, null,        REFUSED_FOR_NOW, UPSTREAM_THROTTLED",
    "500, '\"900\"',   SERVER_FAULT,    UPSTREAM_FAILED",
    "503, '\"500\"',   SERVER_FAULT,    UPSTREAM_FAILED",
    "504, '\"510\"',   SERVER_FAULT,    UPSTREAM_FAILED"
  })
  void anErrorOfNcp_failsBothReadAndWriteAlike(
      int status, String code, FailureClass kind, ErrorCode error) {
    NCP.answers(status, "{\"error\":{\"errorCode\":" + code + ",\"message\":\"No\"}}");

    for (var failure :
        new UpstreamFailure[] {
          failure(NCP.gateway().read(READ, CALL)), failure(NCP.gateway().send(WRITE, CALL))
        }) {
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.code()).isEqualTo(error);
      assertThat(failure.status()).isEqualTo(status);
      assertThat(failure).hasMessage("No");
      assertThat(failure.attempts()).isEqualTo(1);
    }
  }

  @Test
  void unavailableWithAHint_isRefusedForNow() {
    NCP.answers(aResponse().withStatus(503).withHeader("Retry-After", "2"));

    UpstreamFailure failure = failure(NCP.gateway().send(WRITE, CALL));

    assertThat(failure.kind()).isEqualTo(FailureClass.REFUSED_FOR_NOW);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void htmlOfAProxy_isAServerFaultThatIsNotQuoted() {
    NCP.answers(
        aResponse().withStatus(502).withHeader("Content-Type", "text/html").withBody("<html>x"));

    UpstreamFailure failure = failure(NCP.gateway().send(WRITE, CALL));

    assertThat(failure.kind()).isEqualTo(FailureClass.SERVER_FAULT);
    assertThat(failure).hasMessage("NCP answered with HTTP status 502 and no readable error.");
  }

  @Test
  void redirect_isNotFollowed() {
    NCP.answers(
        aResponse().withStatus(307).withHeader("Location", NCP.server().baseUrl() + "/other"));

    UpstreamFailure failure = failure(NCP.gateway().read(READ, CALL));

    assertThat(failure.kind()).isEqualTo(FailureClass.SERVER_FAULT);
    assertThat(failure.status()).isEqualTo(307);
    NCP.received();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aConnectionThatBreaks_isAmbiguous(Fault fault) {
    NCP.answers(aResponse().withFault(fault));

    UpstreamFailure failure = failure(NCP.gateway().send(WRITE, CALL));

    assertThat(failure.kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_FAILED);
    assertThat(failure.status()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"200", "404", "500"})
  void anAnswerOverTheCap_isOversized(int status) {
    NCP.answers(status, " ".repeat(4097));

    UpstreamFailure failure = failure(NCP.gateway().send(WRITE, CALL));

    assertThat(failure.kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_OVERSIZED);
    assertThat(failure.status()).isEqualTo(status);
  }

  @Test
  void anAnswerAtTheCap_isRead() {
    NCP.answers(200, "{\"usagePlan\":{\"usagePlanId\":\"plan1wthl9\"}}" + " ".repeat(4096 - 42));

    FakeNcp.result(NCP.gateway().read(READ, CALL));
  }

  @Test
  void anAnswerTooLate_isAmbiguous() {
    NCP.answers(aResponse().withFixedDelay(6000));

    UpstreamFailure failure = failure(NCP.gateway().send(WRITE, CALL));

    assertThat(failure.kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
  }

  @Test
  void anAnswerThatDripsPastTheTime_isAmbiguous() {
    NCP.answers(aResponse().withBody("x".repeat(100)).withChunkedDribbleDelay(20, 6000));

    UpstreamFailure failure = failure(NCP.gateway().read(READ, CALL));

    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:%d", "https://127.0.0.1:%d", "http://nowhere.invalid:%d"})
  void nothingListening_isNeverSent(String origin) throws IOException {
    Vertx vertx = Vertx.vertx();
    int port = unusedPort();
    try (NcpGateway gateway =
        FakeNcp.gateway(
            vertx, FakeNcp.settings(String.format(origin, port), Duration.ofSeconds(5)))) {
      UpstreamFailure failure = failure(gateway.send(WRITE, CALL));

      assertThat(failure.kind()).isEqualTo(FailureClass.NEVER_SENT);
      assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
    } finally {
      vertx.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerWithoutTrustedTls_isNeverSent(boolean tls) {
    Vertx vertx = Vertx.vertx();
    int port = tls ? NCP.server().httpsPort() : NCP.server().port();
    String origin = "https://localhost:" + port;
    try (NcpGateway gateway =
        FakeNcp.gateway(vertx, FakeNcp.settings(origin, Duration.ofSeconds(5)))) {
      UpstreamFailure failure = failure(gateway.send(WRITE, CALL));

      assertThat(failure.kind()).isEqualTo(FailureClass.NEVER_SENT);
      assertThat(NCP.server().getAllServeEvents()).isEmpty();
    } finally {
      vertx.close();
    }
  }

  @Test
  void aFailure_showsNeitherSignatureNorSecret() {
    NCP.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));

    UpstreamFailure failure = failure(NCP.gateway().send(WRITE, CALL));

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString())
        .doesNotContain("exampleSecretKey", "x-ncp", FakeNcp.KEYS.accessKey());
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
