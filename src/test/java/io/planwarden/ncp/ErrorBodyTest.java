package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {
  private static ErrorBody of(String body) {
    return ErrorBody.of(Buffer.buffer(body));
  }

  private static @Nullable String message(String message) {
    return of("{\"error\":{\"message\":\"" + message + "\"}}").message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":{\"errorCode\":\"210\",\"message\":\"Denied\",\"details\":\"Why.\"}}|210|Denied: Why.",
        "{\"error\":{\"errorCode\":210,\"message\":\"Denied\",\"details\":null}}|210|Denied",
        "{\"error\":{\"errorCode\":10008,\"message\":\"tenantId [..] not found.\"}}|10008|tenantId [..] not found.",
        "{\"error\":{\"errorCode\":\"300\",\"message\":\"x\",\"details\":{\"a\":1}}}|300|x",
        "{\"errorCode\":9014,\"message\":\"Odd\"}|9014|Odd",
        "{\"responseError\":{\"returnCode\":\"800\",\"returnMessage\":\"Old\"}}|800|Old",
        "{\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"message\":\"Spring\"}||Spring"
      })
  void envelope_isRead(String body, String code, String message) {
    assertThat(of(body)).isEqualTo(new ErrorBody(code, message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "\"text\"",
        "{}",
        "{\"error\":{}}",
        "{\"error\":null}",
        "{\"error\":{\"errorCode\":{},\"message\":[]}}",
        "{\"error\":{\"errorCode\":\" \",\"message\":\"\"}}",
        "{\"error\":{\"errorCode\":\"100\"",
        "<html><body>Bad Gateway</body></html>",
        "upstream connect error"
      })
  void bodyWithoutAnError_saysNothing(String body) {
    assertThat(of(body)).isEqualTo(new ErrorBody(null, null));
  }

  @Test
  void bytesThatAreNoText_sayNothing() {
    assertThat(ErrorBody.of(Buffer.buffer(new byte[] {(byte) 0xff, (byte) 0xfe, 0})).message())
        .isNull();
  }

  @Test
  void controlCharacters_becomeSpaces() {
    assertThat(message("a\\r\\nb\\u0000c\\u001b[31md\\u202ee")).isEqualTo("a b c [31md e");
  }

  @Test
  void longMessage_isCutAtAWholeCharacter() {
    assertThat(message("🚀".repeat(400))).isEqualTo("🚀".repeat(300));
  }

  @Test
  void longCode_isCut() {
    assertThat(of("{\"errorCode\":\"" + "1 ".repeat(100) + "\"}").code()).hasSize(40);
  }

  @Test
  void whatLooksLikeAKeyOrSignature_isNotPassedOn() {
    String signature = "EOGe7aKbATfvkKgHYjnj3qKfoapXAUmSiiev8r4PaMo=";
    String key = "exampleSecretKey0000000000000000000000001";

    assertThat(message("signature " + signature + " by " + key + " of plan1wthl9"))
        .isEqualTo("signature *** by *** of plan1wthl9");
  }

  @Test
  void longPath_isPassedOn() {
    String path = "/api/v1/products/prod1ksk90/apis/api0151hs2/stages/stg1fh5o12";

    assertThat(message(path)).isEqualTo(path);
  }
}
