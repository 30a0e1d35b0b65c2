package io.planwarden.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.planwarden.app.AppProcess;
import io.planwarden.client.api.OperationsApi;
import io.planwarden.client.api.UsagePlansApi;
import io.planwarden.client.model.EditUsagePlan200Response;
import io.planwarden.client.model.Operation;
import io.planwarden.client.model.Outcome;
import io.planwarden.client.model.UsagePlanSettings;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes made with the client that is generated from {@code openapi/planwarden.yaml}. */
class GeneratedClientIT {
  @TempDir static Path folder;

  private static AppProcess app;

  @BeforeAll
  static void start() {
    app =
        AppProcess.service(
            Map.of(
                "PLANWARDEN_STORAGE_PATH",
                folder.resolve("planwarden.db").toString(),
                "PLANWARDEN_SANDBOX_ENABLED",
                "true"));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /**
   * A client that takes no member which the document does not name: it tells a plan from a preview,
   * of which an operation's 200 is one, by the members that each has.
   */
  private static ApiClient strict() {
    ObjectMapper mapper =
        ApiClient.createDefaultObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return new ApiClient(HttpClient.newBuilder(), mapper, app.url());
  }

  @Test
  void edit_isDoneAndItsOperationTellsOfIt() throws ApiException {
    ApiClient client = strict();
    UsagePlanSettings settings = new UsagePlanSettings().usagePlanName("Open").rateRps(9);

    ApiResponse<EditUsagePlan200Response> edited =
        new UsagePlansApi(client)
            .editUsagePlanWithHttpInfo(
                "planopen01", settings, null, null, null, null, "\"edit-1\"", "more%20room");

    assertThat(edited.getData().getUsagePlan().getRateRps()).isEqualTo(9);
    Operation operation =
        new OperationsApi(client).getOperation(header(edited, "Operation-Id"), null);
    assertThat(operation.getOutcome()).isEqualTo(Outcome.APPLIED);
    assertThat(operation.getReason()).isEqualTo("more room");
    assertThat(operation.getAfter()).containsEntry("rateRps", 9);
  }

  /** Of two kinds of success the generator takes the first, which is that of a dry run. */
  @Test
  void create_isFoundByItsLocation() throws ApiException {
    ApiResponse<?> created =
        new UsagePlansApi(new ApiClient().setScheme("http").setPort(port()))
            .createUsagePlanWithHttpInfo(
                new UsagePlanSettings().usagePlanName("Silver").rateRps(2),
                null,
                null,
                null,
                null,
                null);

    assertThat(created.getStatusCode()).isEqualTo(201);
    String id = header(created, "Location").replaceFirst(".*/", "");
    assertThat(new UsagePlansApi(strict()).getUsagePlan(id, null, null).getUsagePlanName())
        .isEqualTo("Silver");
  }

  @Test
  void refusal_isAnExceptionWithTheProblem() {
    UsagePlanSettings settings = new UsagePlanSettings().usagePlanName("Free").rateRps(2);

    assertThatThrownBy(
            () ->
                new UsagePlansApi(strict()).createUsagePlan(settings, null, null, null, null, null))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(409);
              assertThat(e.getResponseBody()).contains("plan-name-exists");
            });
  }

  private static String header(ApiResponse<?> answer, String name) {
    return answer.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().get(0))
        .findAny()
        .orElseThrow();
  }

  private static int port() {
    return java.net.URI.create(app.url()).getPort();
  }
}
