package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.planwarden.audit.Appender.Appended;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller writes stays within its own member, in the row and in its copy in the log. */
class LogCopyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\r\nb",
        "\u2028",
        "\u2029",
        "\u0085",
        "\u000b\u000c",
        "\u007f\u009b31m",
        "\u0000",
        "\",\"seq\":7,\"outcome\":\"applied\"}",
        "\\",
        "\\\"",
        "}\n{\"seq\":8}",
        "가나다 😀"
      })
  void text_neitherBreaksTheLineNorForgesAMember(String reason) throws Exception {
    AuditRow row = withReason(reason).linked(3, java.time.Instant.EPOCH, Canonical.GENESIS);
    String text = Canonical.text(row);

    String line = LogCopy.lines(List.of(appended(row, text)));

    assertThat(line.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    JsonNode copy = JSON.readTree(line);
    assertThat(copy.get("reason").asText()).isEqualTo(reason);
    assertThat(copy.get("seq").asInt()).isEqualTo(3);
    assertThat(copy.has("outcome")).isFalse();
    assertThat(copy.get("hash").asText()).isEqualTo(Canonical.hash(text));
  }

  @Test
  void plainText_isCopiedAsItIs() {
    AuditRow row = withReason("가 😀 é");
    String text = Canonical.text(row);

    assertThat(LogCopy.lines(List.of(appended(row, text))))
        .startsWith(text.substring(0, text.length() - 1));
  }

  @Test
  void rowsOfOneCommit_haveALineEach() {
    AuditRow row = withReason("a\nb");
    Appended one = appended(row, Canonical.text(row));

    String lines = LogCopy.lines(List.of(one, one, one));

    assertThat(lines.split("\n", -1)).hasSize(3).containsOnly(LogCopy.lines(List.of(one)));
  }

  private static Appended appended(AuditRow row, String text) {
    return new Appended(row.hashed(Canonical.hash(text)), text);
  }

  private static AuditRow withReason(String reason) {
    return AuditRowBuilder.builder(WriterFixture.intent("op1")).reason(reason).build();
  }
}
