package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.planwarden.operation.AuditParameters;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold for every operation of the document, also for one that is added tomorrow. */
@QuarkusTest
class OpenApiTest {
  private JsonNode document;

  @BeforeEach
  void read() throws Exception {
    document =
        new ObjectMapper()
            .readTree(RestAssured.get("/q/openapi?format=json").then().extract().asString());
  }

  @Test
  void everyBody_hasAnExample() {
    List<String> without = new ArrayList<>();
    operations(
        (name, operation) -> {
          withoutExample(name + " request", operation.path("requestBody"), without);
          operation
              .path("responses")
              .fields()
              .forEachRemaining(
                  answer ->
                      withoutExample(name + " " + answer.getKey(), answer.getValue(), without));
        });
    assertThat(without).isEmpty();
  }

  @Test
  void everyOperation_hasASummaryATagAndProblems() {
    operations(
        (name, operation) -> {
          assertThat(operation.path("summary").asText()).as(name).isNotBlank();
          assertThat(operation.path("tags").size()).as(name).isEqualTo(1);
          assertThat(operation.path("responses").has("500")).as(name).isTrue();
        });
  }

  /** The other direction, that all headers which come are named, is looked at in every test. */
  @Test
  void answerToADryRunAlone_promisesNothingOfAChange() {
    List<String> previews = new ArrayList<>();
    operations(
        (name, operation) -> {
          JsonNode answers = operation.path("responses");
          String schema = answers.at("/200/content/application~1json/schema/$ref").asText();
          if (schema.endsWith("/Preview")) {
            previews.add(operation.path("operationId").asText());
            assertThat(answers.at("/200/headers").fieldNames())
                .as(name)
                .toIterable()
                .containsExactlyInAnyOrder("RateLimit", "RateLimit-Policy", "X-Request-Id");
          }
        });
    assertThat(previews)
        .containsExactlyInAnyOrder(
            "createUsagePlan", "deleteUsagePlan", "detachUsagePlan", "revertOperation");
  }

  @Test
  void everyOperation_isAnActionThatTheAuditIsSearchedBy() {
    operations(
        (name, operation) ->
            assertThat(AuditParameters.ACTIONS).contains(operation.path("operationId").asText()));
  }

  @Test
  void everyObject_isClosed() {
    document
        .path("components")
        .path("schemas")
        .fields()
        .forEachRemaining(
            schema -> {
              if (schema.getValue().has("properties")) {
                assertThat(schema.getValue().path("additionalProperties").asBoolean(true))
                    .as(schema.getKey())
                    .isFalse();
              }
            });
  }

  private static void withoutExample(String name, JsonNode part, List<String> without) {
    part.path("content")
        .fields()
        .forEachRemaining(
            type -> {
              if (!type.getValue().has("example") && !type.getValue().has("examples")) {
                without.add(name + " " + type.getKey());
              }
            });
  }

  private void operations(BiConsumer<String, JsonNode> visitor) {
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        method ->
                            visitor.accept(
                                method.getKey() + " " + path.getKey(), method.getValue())));
  }
}
