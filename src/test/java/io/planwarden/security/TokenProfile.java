package io.planwarden.security;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Planwarden in mode token, with a caller for each role and two who are confined. */
public final class TokenProfile implements QuarkusTestProfile {
  public static final String READER = "pw_canary-of-the-reader-0123456789abcdefghijkl";
  public static final String EDITOR = "pw_canary-of-the-editor-0123456789abcdefghijkl";
  public static final String AUDITOR = "pw_canary-of-the-auditor-0123456789abcdefghijk";
  public static final String ADMIN = "pw_canary-of-the-admin-0123456789abcdefghijklm";
  public static final String WEATHER = "pw_canary-of-weather-0123456789abcdefghijklmno";
  public static final String MAPS = "pw_canary-of-maps-0123456789abcdefghijklmnopqr";

  /** Every one of them. */
  public static final Map<String, String> BY_ROLE =
      Map.of("reader", READER, "editor", EDITOR, "auditor", AUDITOR, "admin", ADMIN);

  static final Path FILE = Path.of("target/test-data/tokens-" + ProcessHandle.current().pid());

  @Override
  public Map<String, String> getConfigOverrides() {
    write(content());
    return Map.of(
        "planwarden.security.mode", "token",
        "planwarden.security.token.file", FILE.toString(),
        // The tests say when it is read again.
        "planwarden.security.token.reload", "1h",
        "planwarden.storage.path", "target/test-data/token-${quarkus.uuid}.db");
  }

  static void write(String content) {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String content() {
    return "{\"tokens\":["
        + String.join(
            ",",
            entry("the-reader", READER, "reader", null),
            entry("the-editor", EDITOR, "editor", null),
            entry("the-auditor", AUDITOR, "auditor", null),
            entry("the-admin", ADMIN, "admin", null),
            entry("weather", WEATHER, "editor", "weather001"),
            entry("maps", MAPS, "editor", "maps000001"))
        + "]}";
  }

  static String entry(String caller, String token, String role, String product) {
    return "{\"caller\":\"%s\",\"sha256\":\"%s\",\"roles\":[\"%s\"]%s}"
        .formatted(
            caller,
            TokenHash.of(token).hex(),
            role,
            product == null ? "" : ",\"products\":[\"" + product + "\"]");
  }

  /** A request of the token's bearer. */
  public static RequestSpecification as(String token) {
    return RestAssured.given().header("Authorization", "Bearer " + token);
  }
}
