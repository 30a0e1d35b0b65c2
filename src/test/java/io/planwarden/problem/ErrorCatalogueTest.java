package io.planwarden.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed catalogue is the one of the code, and each entry is fit to be read. */
class ErrorCatalogueTest {
  private static final Path COMMITTED = Path.of("docs/errors.md");
  private static final String WRITE = "./mvnw test -Dtest=ErrorCatalogueTest -Derrors.write=true";

  @Test
  void committedCatalogue_isWhatTheCodeSays() throws IOException {
    String generated = catalogue();
    if (Boolean.getBoolean("errors.write")) {
      Files.writeString(COMMITTED, generated);
    }
    assertThat(Files.readString(COMMITTED))
        .as("%s is out of date; write it anew with: %s", COMMITTED, WRITE)
        .isEqualTo(generated);
  }

  @ParameterizedTest
  @EnumSource
  void entry_readsWell(ErrorCode code) {
    assertThat(code.code()).matches("[a-z]+(-[a-z]+)*");
    assertThat(code.status()).isBetween(400, 599);
    assertThat(code.title()).hasSizeLessThan(60).matches("[A-Z].*[^.]");
    assertThat(code.cause()).matches("[A-Z].*\\.");
    assertThat(code.remedy()).matches("[A-Z].*\\.");
  }

  @Test
  void everyText_belongsToAnError() throws IOException {
    Properties texts = new Properties();
    try (InputStream in = getClass().getResourceAsStream("/problem/errors.properties")) {
      texts.load(in);
    }
    Set<String> codes =
        Arrays.stream(ErrorCode.values()).map(ErrorCode::code).collect(Collectors.toSet());

    assertThat(texts.stringPropertyNames())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(codes).contains(name.replaceFirst("\\.[a-z]+$", "")));
  }

  @ParameterizedTest
  @EnumSource
  void retryableEntry_isNotTheRequestsFault(ErrorCode code) {
    // Too slow (408) or too early (409, 429) is not wrong.
    assertThat(code.retryable() && code.status() < 408).isFalse();
  }

  private static String catalogue() {
    return ErrorPages.sorted().stream()
        .map(ErrorCatalogueTest::row)
        .collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static String row(ErrorCode code) {
    return "| %d | `%s` | %s | %s | %s |"
        .formatted(
            code.status(),
            code.code(),
            code.retryable() ? "yes" : "no",
            code.cause().replace("|", "\\|"),
            code.remedy().replace("|", "\\|"));
  }

  private static final String HEAD =
      """
      # Errors

      Every error is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `code`,
      `retryable` and `detail`; `type` is the path of a page that tells the same as this one. Switch on
      `code`: codes are never renamed. `retryable` says that the very same request, sent again, is safe
      and may succeed. Where a field or parameter is at fault, `field` names it and `rule` says what is
      allowed. How input is read is in [input.md](input.md).

      This file is written from the code: `%s`

      | status | code | retryable | why | what to do |
      | --- | --- | --- | --- | --- |
      """
          .formatted(WRITE);
}
