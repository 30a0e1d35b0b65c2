package io.planwarden.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a key. */
class IdempotencyKeyTest {
  private static final int KEYS = 2_000;

  @Test
  void quotedAndBare_areTheSameKey() {
    assertThat(IdempotencyKey.of(List.of("\"order-17\"")))
        .isEqualTo(IdempotencyKey.of(List.of("order-17")))
        .isEqualTo(new IdempotencyKey("order-17"));
    assertThat(IdempotencyKey.of(List.of())).isNull();
  }

  @Test
  void everyPrintableKey_survivesBeingQuoted() {
    Random random = new Random(Long.getLong("key.seed", 1));
    for (int i = 0; i < KEYS; i++) {
      String value = text(random, 1 + random.nextInt(255), ' ', '~');
      String quoted = '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';

      assertThat(IdempotencyKey.parse("k", quoted).value()).isEqualTo(value);
      if (value.chars().noneMatch(c -> " \",;\\".indexOf(c) >= 0)) {
        assertThat(IdempotencyKey.parse("k", value).value()).isEqualTo(value);
      }
    }
  }

  @Test
  void whateverIsAccepted_is1To255PrintableCharacters() {
    Random random = new Random(Long.getLong("key.seed", 1));
    for (int i = 0; i < KEYS; i++) {
      String text = text(random, random.nextInt(300), '\u0000', '\u00ff');
      try {
        assertThat(IdempotencyKey.parse("k", text).value()).matches("[ -~]{1,255}");
      } catch (FacadeException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        " ",
        "\"a",
        "a\"",
        "\"a\"b",
        "a b",
        "a,b",
        "a;b",
        "\"a\";p=1",
        "\"a\", \"b\"",
        "\"\\a\"",
        "a\\b",
        "\"\u00e4\"",
        "\u00e4",
        "\"\t\"",
        ":YQ==:;"
      })
  void anythingElse_isRefusedByName(String text) {
    assertThatThrownBy(() -> IdempotencyKey.of(List.of(text)))
        .isInstanceOfSatisfying(
            FacadeException.class,
            e -> assertThat(e.members()).containsEntry("field", "Idempotency-Key"));
  }

  @Test
  void longAndRepeatedKeys_areRefused() {
    assertThat(IdempotencyKey.parse("k", "a".repeat(255)).value()).hasSize(255);
    assertThatThrownBy(() -> IdempotencyKey.parse("k", "a".repeat(256)))
        .isInstanceOf(FacadeException.class);
    assertThatThrownBy(() -> IdempotencyKey.parse("k", '"' + "a".repeat(256) + '"'))
        .isInstanceOf(FacadeException.class);
    assertThatThrownBy(() -> IdempotencyKey.of(List.of("a", "a")))
        .isInstanceOf(FacadeException.class);
  }

  @Test
  void fingerprint_doesNotDependOnTheOrderOfMembers() {
    assertThat(Fingerprint.of(new java.util.LinkedHashMap<>(Map.of("a", 1, "b", Map.of("c", 2L)))))
        .isEqualTo(Fingerprint.of(new java.util.TreeMap<>(Map.of("b", Map.of("c", 2), "a", 1L))))
        .isNotEqualTo(Fingerprint.of(Map.of("a", 1, "b", Map.of("c", "2"))))
        .hasSize(64);
  }

  private static String text(Random random, int length, char from, char to) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (from + random.nextInt(to - from + 1)));
    }
    return text.toString();
  }
}
