package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                             | PT0S",
        "7                             | PT7S",
        "' 86400 '                     | PT24H",
        "Thu, 01 Jan 2026 00:00:00 GMT | PT0S",
        "Thu, 01 Jan 2026 00:01:30 GMT | PT1M30S",
        "Thu, 1 Jan 2026 00:00:01 GMT  | PT1S"
      })
  void hint_isRead(String header, Duration wait) {
    assertThat(RetryAfter.of(header, FakeNcp.NOW)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "1.5",
        "soon",
        "86401",
        "99999999999999999999",
        "Wed, 31 Dec 2025 23:59:59 GMT",
        "Sat, 03 Jan 2026 00:00:00 GMT",
        "Mon, 01 Jan 2026 00:00:00 GMT",
        "2026-01-01T00:00:10Z"
      })
  void hintThatCannotBeMeant_isIgnored(String header) {
    assertThat(RetryAfter.of(header, FakeNcp.NOW)).isNull();
  }

  @Test
  void noHeader_isNoHint() {
    assertThat(RetryAfter.of(null, FakeNcp.NOW)).isNull();
  }
}
