package io.planwarden.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed document is the one that the application serves. */
@QuarkusTest
class OpenApiDriftTest {
  private static final Path COMMITTED = Path.of("openapi/planwarden.yaml");
  private static final String WRITE = "./mvnw test -Dtest=OpenApiDriftTest -Dopenapi.write=true";

  @Test
  void committedDocument_isWhatTheCodeSays() throws IOException {
    String served = given().get("/q/openapi").then().statusCode(200).extract().asString();
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, served);
    }
    assertThat(Files.readString(COMMITTED))
        .as("%s is out of date; write it anew with: %s", COMMITTED, WRITE)
        .isEqualTo(served);
  }

  @Test
  void swaggerUi_isServed() {
    given().get("/q/swagger-ui/").then().statusCode(200).contentType("text/html");
  }
}
