package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTableTest {
  private static Buffer body(String code) {
    return Buffer.buffer("{\"error\":{\"errorCode\":" + code + ",\"message\":\"m\"}}");
  }

  private static UpstreamFailure answered(int status, Buffer body, @Nullable String retryAfter) {
    return ErrorTable.answered(status, body, retryAfter, FakeNcp.NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "400,   100, PERMANENT,       UPSTREAM_REJECTED",
    "400,   429, PERMANENT,       UPSTREAM_REJECTED",
    "401,   200, CREDENTIALS,     UPSTREAM_CREDENTIALS_REJECTED",
    "401,     0, CREDENTIALS,     UPSTREAM_CREDENTIALS_REJECTED",
    "401,   210, PERMANENT,       UPSTREAM_PERMISSION_DENIED",
    "403,   230, PERMANENT,       UPSTREAM_PERMISSION_DENIED",
    "403, 10011, PERMANENT,       UPSTREAM_PERMISSION_DENIED",
    "404,   300, PERMANENT,       UPSTREAM_NOT_FOUND",
    "404, 10008, PERMANENT,       UPSTREAM_NOT_FOUND",
    "405,   300, PERMANENT,       UPSTREAM_REJECTED",
    "408,     0, PERMANENT,       UPSTREAM_REJECTED",
    "409, 10099, PERMANENT,       UPSTREAM_CONFLICT",
    "413,   430, PERMANENT,       UPSTREAM_REJECTED",
    "422,     0, PERMANENT,       UPSTREAM_REJECTED",
    "499,     0, PERMANENT,       UPSTREAM_REJECTED",
    "429,   400, ACCOUNT_QUOTA,   UPSTREAM_QUOTA_EXHAUSTED",
    "429,   410, REFUSED_FOR_NOW, UPSTREAM_THROTTLED",
    "429,   420, REFUSED_FOR_NOW, UPSTREAM_THROTTLED",
    "429,     0, REFUSED_FOR_NOW, UPSTREAM_THROTTLED",
    "500,   900, SERVER_FAULT,    UPSTREAM_FAILED",
    "500,   400, SERVER_FAULT,    UPSTREAM_FAILED",
    "502,     0, SERVER_FAULT,    UPSTREAM_FAILED",
    "503,   500, SERVER_FAULT,    UPSTREAM_FAILED",
    "504,   510, SERVER_FAULT,    UPSTREAM_FAILED",
    "599,     0, SERVER_FAULT,    UPSTREAM_FAILED",
    "101,     0, SERVER_FAULT,    UPSTREAM_FAILED",
    "302,     0, SERVER_FAULT,    UPSTREAM_REDIRECTED",
    "304,     0, SERVER_FAULT,    UPSTREAM_REDIRECTED",
    "999,     0, SERVER_FAULT,    UPSTREAM_FAILED",
    "202,     0, AMBIGUOUS,       UPSTREAM_FAILED"
  })
  void answer_meansWhatItsStatusSaysFirst(
      int status, String code, FailureClass kind, ErrorCode error) {
    UpstreamFailure asText = answered(status, body("\"" + code + "\""), null);
    UpstreamFailure asNumber = answered(status, body(code), null);

    assertThat(asText.kind()).isEqualTo(asNumber.kind()).isEqualTo(kind);
    assertThat(asText.code()).isEqualTo(asNumber.code()).isEqualTo(error);
    assertThat(asText.upstreamCode()).isEqualTo(asNumber.upstreamCode()).isEqualTo(code);
    assertThat(asText.status()).isEqualTo(status);
    assertThat(asText).hasMessage("m");
  }

  @Test
  void throttledWithoutABody_isRefusedForNow() {
    UpstreamFailure failure = answered(429, Buffer.buffer(), "3");

    assertThat(failure.kind()).isEqualTo(FailureClass.REFUSED_FOR_NOW);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(failure).hasMessage("NCP answered with HTTP status 429 and no readable error.");
  }

  @ParameterizedTest
  @CsvSource({"5, REFUSED_FOR_NOW", "0, REFUSED_FOR_NOW", "soon, SERVER_FAULT", ", SERVER_FAULT"})
  void unavailable_isARefusalOnlyWithAValidHint(String retryAfter, FailureClass kind) {
    UpstreamFailure failure = answered(503, body("500"), retryAfter);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_FAILED);
  }

  @Test
  void html_isNotPassedOn() {
    UpstreamFailure failure = answered(502, Buffer.buffer("<html>Bad Gateway</html>"), null);

    assertThat(failure).hasMessage("NCP answered with HTTP status 502 and no readable error.");
    assertThat(failure.upstreamCode()).isNull();
  }
}
