package io.planwarden.app;

import static io.planwarden.security.TokenProfile.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.request.Roles;
import io.planwarden.security.TokenProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call each operation of the document, also one that is added tomorrow. */
@QuarkusTest
@TestProfile(TokenProfile.class)
class RolesTest {
  /** Operations that need no role. The list may only shrink. */
  private static final Set<String> EXCEPTIONS = Set.of();

  private static final OpenAPI MODEL = OpenApiDocument.PLANWARDEN.get().model();
  private static final Map<String, List<String>> ROLES = roles();

  static List<OpenApiOperation> operations() {
    return OpenApiOperation.of(MODEL);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<String>> roles() {
    Map<String, List<String>> roles = new TreeMap<>();
    MODEL
        .getPaths()
        .values()
        .forEach(
            item ->
                item.readOperations()
                    .forEach(
                        operation ->
                            roles.put(
                                operation.getOperationId(),
                                (List<String>)
                                    operation.getExtensions().getOrDefault("x-roles", List.of()))));
    return roles;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyOperation_namesItsRoles(OpenApiOperation operation) {
    if (!EXCEPTIONS.contains(operation.id())) {
      assertThat(ROLES.get(operation.id())).isNotEmpty().isSubsetOf(Roles.ALL);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void withoutAToken_everyOperationIsRefused(OpenApiOperation operation) {
    if (!EXCEPTIONS.contains(operation.id())) {
      Response answer = call(RestAssured.given(), operation);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
      assertThat(answer.contentType()).startsWith("application/problem+json");
      assertThat(answer.<String>path("code")).isEqualTo("unauthenticated");
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void withTheWrongRole_everyOperationIsRefused(OpenApiOperation operation) {
    TokenProfile.BY_ROLE.forEach(
        (role, token) -> {
          Response answer = call(as(token), operation);
          boolean allowed =
              EXCEPTIONS.contains(operation.id())
                  || !Collections.disjoint(
                      Roles.withIncluded(Set.of(role)), ROLES.get(operation.id()));
          if (allowed) {
            assertThat(answer.statusCode()).as(role).isNotIn(401, 403);
          } else {
            assertThat(answer.statusCode()).as(role).isEqualTo(403);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.<String>path("code")).isEqualTo("forbidden");
          }
        });
  }

  @Test
  void changes_areForEditorsAndTheAuditIsForAuditors() {
    operations()
        .forEach(
            operation -> {
              String wanted =
                  operation.path().startsWith("/v1/audit")
                      ? operation.method().equals("GET") ? Roles.AUDITOR : Roles.ADMIN
                      : operation.method().equals("GET") ? Roles.READER : Roles.EDITOR;
              assertThat(ROLES.get(operation.id())).as(operation.id()).contains(wanted);
            });
  }

  @Test
  void document_hasTheSchemeThatSwaggerUiAuthorisesWith() {
    SecurityScheme scheme = MODEL.getComponents().getSecuritySchemes().get("bearer");

    assertThat(scheme.getType()).isEqualTo(SecurityScheme.Type.HTTP);
    assertThat(scheme.getScheme()).isEqualTo("bearer");
    assertThat(MODEL.getSecurity()).anyMatch(requirement -> requirement.containsKey("bearer"));
  }

  private static Response call(RequestSpecification request, OpenApiOperation operation) {
    if (operation.bodyExample() != null) {
      request.contentType(operation.mediaType()).body(operation.bodyExample());
    }
    return request.request(operation.method(), operation.target());
  }
}
