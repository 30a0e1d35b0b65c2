package io.planwarden.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What each error says, from a resource: {@code code.title}, {@code code.cause} and so on. */
final class ErrorTexts {
  private static final String RESOURCE = "/problem/errors.properties";
  private static final Properties TEXTS = load();

  private ErrorTexts() {}

  static String of(ErrorCode code, String which) {
    String name = code.code() + "." + which;
    return Objects.requireNonNull(TEXTS.getProperty(name), () -> name + " not in " + RESOURCE);
  }

  private static Properties load() {
    Properties texts = new Properties();
    try (InputStream in = ErrorTexts.class.getResourceAsStream(RESOURCE)) {
      texts.load(Objects.requireNonNull(in, RESOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
