package io.planwarden.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application, started as its users start it. */
class PackagedIT {
  @TempDir Path folder;

  @Test
  void withoutCredentials_itDoesNotStartAndSaysWhatIsMissing() throws Exception {
    try (AppProcess app = AppProcess.service(Map.of("PLANWARDEN_STORAGE_PATH", store()))) {
      assertThat(app.exitCode()).isEqualTo(78);
      assertThat(app.output())
          .contains("NCP_ACCESS_KEY  is not set", "NCP_SECRET_KEY  is not set")
          .doesNotContain("Exception", "\tat ");
      assertThat(app.output().lines().count()).isLessThan(25);
    }
  }

  @Test
  void numbersThatCannotBe_areNamedBeforeAnythingIsMadeOfThem() throws Exception {
    try (AppProcess app =
        AppProcess.service(
            Map.of(
                "PLANWARDEN_STORAGE_PATH", store(),
                "PLANWARDEN_SANDBOX_ENABLED", "true",
                "PLANWARDEN_AUDIT_QUEUE", "0",
                "PLANWARDEN_NCP_CONNECT_TIMEOUT", "0",
                "PLANWARDEN_SECURITY_TOKEN_RELOAD", "soon"))) {
      assertThat(app.exitCode()).isEqualTo(78);
      assertThat(app.output())
          .contains(
              "PLANWARDEN_AUDIT_QUEUE is 0; it must be",
              "PLANWARDEN_NCP_CONNECT_TIMEOUT is 0; it must be",
              "PLANWARDEN_SECURITY_TOKEN_RELOAD is soon; it must be")
          .doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void oidcWithoutIssuer_doesNotStartAndSaysSo() throws Exception {
    try (AppProcess app =
        AppProcess.service(
            Map.of(
                "PLANWARDEN_STORAGE_PATH", store(),
                "PLANWARDEN_SANDBOX_ENABLED", "true",
                "PLANWARDEN_SECURITY_MODE", "oidc"))) {
      assertThat(app.exitCode()).isEqualTo(78);
      assertThat(app.output())
          .contains("PLANWARDEN_SECURITY_OIDC_ISSUER", "PLANWARDEN_SECURITY_OIDC_AUDIENCE");
    }
  }

  @Test
  void newToken_letsItsCallerIn() throws Exception {
    String made;
    try (AppProcess command =
        AppProcess.command("token", "new", "--caller", "billing", "--role", "reader")) {
      assertThat(command.exitCode()).isZero();
      made = command.output();
    }
    String token = found("pw_[A-Za-z0-9_-]+", made);
    Path file =
        Files.writeString(
            folder.resolve("tokens.json"), "{\"tokens\": [" + found("\\{.*}", made) + "]}");
    try (AppProcess app =
        AppProcess.service(
            Map.of(
                "PLANWARDEN_STORAGE_PATH",
                store(),
                "PLANWARDEN_SANDBOX_ENABLED",
                "true",
                "PLANWARDEN_SECURITY_MODE",
                "token",
                "PLANWARDEN_SECURITY_TOKEN_FILE",
                file.toString()))) {
      String url = app.url();
      given().baseUri(url).get("/v1/usage-plans").then().statusCode(401);
      given()
          .baseUri(url)
          .header("Authorization", "Bearer " + token)
          .get("/v1/usage-plans")
          .then()
          .statusCode(200);
      assertThat(app.output()).doesNotContain(token);
    }
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }

  @Test
  void storeOfTheSandbox_isNotOpenedInLiveMode() throws Exception {
    try (AppProcess app =
        AppProcess.service(
            Map.of("PLANWARDEN_STORAGE_PATH", store(), "PLANWARDEN_SANDBOX_ENABLED", "true"))) {
      given().baseUri(app.url()).get("/v1/usage-plans").then().statusCode(200);
    }
    try (AppProcess app =
        AppProcess.service(
            Map.of(
                "PLANWARDEN_STORAGE_PATH",
                store(),
                "NCP_ACCESS_KEY",
                "a",
                "NCP_SECRET_KEY",
                "s"))) {
      assertThat(app.exitCode()).isEqualTo(78);
      assertThat(app.output()).contains("was made in sandbox mode");
    }
  }

  @Test
  void auditOnDisk_isVerifiedByTheCommand_whichFindsTheRowThatWasEdited() throws Exception {
    try (AppProcess app =
        AppProcess.service(
            Map.of("PLANWARDEN_STORAGE_PATH", store(), "PLANWARDEN_SANDBOX_ENABLED", "true"))) {
      given()
          .baseUri(app.url())
          .contentType("application/json")
          .body("{\"usagePlanName\": \"Open\", \"rateRps\": 9}")
          .put("/v1/usage-plans/planopen01")
          .then()
          .statusCode(200);
    }
    assertThat(verified(0)).contains("good");

    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + store());
        var statement = database.createStatement()) {
      statement.executeUpdate("DROP TRIGGER audit_no_update");
      statement.executeUpdate(
          "UPDATE audit SET row_json = replace(row_json, 'anonymous', 'somebody') WHERE seq = 2");
    }
    assertThat(verified(1)).contains("BAD row 2 edited");
  }

  private String verified(int exitCode) throws Exception {
    try (AppProcess command = AppProcess.command("audit", "verify", store())) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      return command.output();
    }
  }

  @Test
  void impossibleSetting_isSaidOnOneScreen() throws Exception {
    try (AppProcess app =
        AppProcess.service(
            Map.of("PLANWARDEN_STORAGE_PATH", store(), "PLANWARDEN_NCP_ZONE", "moon"))) {
      assertThat(app.exitCode()).isEqualTo(78);
      assertThat(app.output()).contains("planwarden.ncp.zone", "moon").doesNotContain("\tat ");
    }
  }

  @Test
  void unknownCommand_printsTheUsage() throws Exception {
    try (AppProcess app = AppProcess.command("dance")) {
      assertThat(app.exitCode()).isEqualTo(2);
      assertThat(app.output()).contains("Unknown command: dance", "Usage:");
    }
  }

  private String store() {
    return folder.resolve("planwarden.db").toString();
  }
}
