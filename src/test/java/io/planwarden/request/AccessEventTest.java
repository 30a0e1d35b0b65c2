package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an event has in it stays on its line and within its member, whatever it is. */
class AccessEventTest {
  private static final String HOSTILE = "a\r\n\u2028\u0085\u001b[2K\",\"forged\":1,\"b\":\"\uac00";

  private final AccessEvent event =
      new AccessEvent(
          Instant.parse("2026-11-21T09:14:02Z"),
          HOSTILE,
          "GET",
          "/v1/usage-plans/{usagePlanId}",
          200,
          1.25,
          HOSTILE,
          "token",
          null,
          null,
          null,
          null,
          null,
          false);

  @Test
  void json_isOneLineOfAscii_andKeepsTheText() throws Exception {
    String line = AccessEvent.json(List.of(event));

    assertThat(line).matches("[ -~]+");
    var read = new ObjectMapper().readTree(line);
    assertThat(read.get("caller").asText()).isEqualTo(HOSTILE);
    assertThat(read.has("forged")).isFalse();
    assertThat(read.has("code")).as("nothing to say about it").isFalse();
    assertThat(read.get("status").isInt()).isTrue();
    assertThat(read.get("timestamp").asText()).isEqualTo("2026-11-21T09:14:02Z");
  }

  @Test
  void severalAsJson_haveALineEach() {
    String lines = AccessEvent.json(List.of(event, event, event));

    assertThat(lines.split("\n", -1)).hasSize(3).containsOnly(AccessEvent.json(List.of(event)));
  }

  @Test
  void text_isOneLineOfAscii() {
    assertThat(event.text())
        .matches("[ -~]+")
        .contains("method=GET route=/v1/usage-plans/{usagePlanId} status=200 durationMs=1.25");
  }
}
