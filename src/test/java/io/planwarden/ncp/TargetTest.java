package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "a b,      a%20b",
    "a+b,      a%2Bb",
    "100%,     100%25",
    "a&b=c,    a%26b%3Dc",
    "기본 plan, %EA%B8%B0%EB%B3%B8%20plan",
    "🚀,       %F0%9F%9A%80",
    "a/b?c#d,  a%2Fb%3Fc%23d",
    "'',       ''"
  })
  void value_isPercentEncodedInUtf8(String value, String encoded) {
    assertThat(Target.to("products").with("name", value))
        .hasToString("/api/v1/products?name=" + encoded);
  }

  @Test
  void secondParameter_isJoinedByAnAmpersand() {
    assertThat(Target.to("products").id("prod1ksk90").then("apis").with("a", "1").with("b", "2"))
        .hasToString("/api/v1/products/prod1ksk90/apis?a=1&b=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a b", "abcdefghij1", "플랜", "a\n", "%2e", "a;b", "a?b"})
  void idThatCouldMeanAnotherPath_isADefect(String id) {
    Target target = Target.to("usage-plans");

    assertThatThrownBy(() -> target.id(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An NCP id must be 1 to 10 ASCII letters and digits");
  }
}
