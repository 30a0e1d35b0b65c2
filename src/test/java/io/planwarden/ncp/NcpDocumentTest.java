package io.planwarden.ncp;

import static io.planwarden.app.HttpMessages.request;
import static io.planwarden.app.HttpMessages.response;
import static io.planwarden.app.OpenApiDocument.NCP;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document of NCP's side, against itself and against what the adapter sends. */
class NcpDocumentTest {
  private static final Map<String, List<String>> SIGNED =
      Map.of(
          "x-ncp-apigw-timestamp", List.of("1767225600000"),
          "x-ncp-iam-access-key", List.of("EXAMPLEACCESSKEY0001"),
          "x-ncp-apigw-signature-v2", List.of("EOGe7aKbATfvkKgHYjnj3qKfoapXAUmSiiev8r4PaMo="),
          "Content-Type", List.of("application/json"));
  private static final Map<String, List<String>> JSON =
      Map.of("Content-Type", List.of("application/json"));

  /** An operation, with everything that the document says of it. */
  record Entry(Method method, String path, Operation operation, List<Parameter> parameters) {
    @Override
    public String toString() {
      return operation.getOperationId();
    }
  }

  static Stream<Entry> entries() {
    OpenAPI model = NCP.get().model();
    List<Entry> entries = new ArrayList<>();
    model
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            entries.add(
                                new Entry(
                                    Method.valueOf(method.name()),
                                    path,
                                    operation,
                                    Stream.of(item.getParameters(), operation.getParameters())
                                        .flatMap(Stream::ofNullable)
                                        .flatMap(List::stream)
                                        .map(each -> resolved(model, each))
                                        .toList()))));
    return entries.stream();
  }

  private static Parameter resolved(OpenAPI model, Parameter parameter) {
    String ref = parameter.get$ref();
    return ref == null
        ? parameter
        : model.getComponents().getParameters().get(ref.substring(ref.lastIndexOf('/') + 1));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theExampleOfARequest_isValid(Entry entry) {
    String path = entry.path();
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    Map<String, List<String>> headers = new HashMap<>(JSON);
    for (Parameter each : entry.parameters()) {
      String example = String.valueOf(each.getExample());
      switch (each.getIn()) {
        case "path" -> path = path.replace("{" + each.getName() + "}", example);
        case "query" -> query.add(each.getName() + "=" + encoded(example));
        default -> headers.put(each.getName(), List.of(example));
      }
    }
    var body = entry.operation().getRequestBody();
    String text = body == null ? "" : example(body.getContent());

    assertThat(NCP.get().faultsOf(request(entry.method().name(), path + query, headers, text)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theExamplesOfAnswers_areValid(Entry entry) {
    entry
        .operation()
        .getResponses()
        .forEach(
            (status, answer) -> {
              if (answer.get$ref() == null) {
                String body = answer.getContent() == null ? "" : example(answer.getContent());
                var example =
                    response(Integer.parseInt(status), body.isEmpty() ? Map.of() : JSON, body);
                assertThat(NCP.get().faultsOf(entry.method(), entry.path(), example)).isEmpty();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("entries")
  void anOperation_namesItsPageAndAnErrorAndWhoCallsIt(Entry entry) {
    assertThat(entry.operation().getExternalDocs().getUrl())
        .startsWith("https://api.ncloud-docs.com/docs/apigateway-");
    assertThat(entry.operation().getResponses()).containsKey("default");
    assertThat(entry.operation().getTags()).hasSize(1).containsAnyOf("called", "simulated");
  }

  @Test
  void whatIsSaidToBeCalled_isWhatTheAdapterCalls() {
    List<String> sent =
        Stream.concat(
                QueryWireTest.samples().map(each -> each.method() + " " + each.target()),
                ChangeWireTest.changes().map(each -> each.get()[1] + " " + each.get()[2]))
            .map(line -> line.replaceFirst("\\?.*", ""))
            .toList();
    Set<String> called =
        entries()
            .filter(entry -> sent.stream().anyMatch(line -> matches(entry, line)))
            .map(Entry::toString)
            .collect(toSet());

    assertThat(called)
        .isEqualTo(
            entries()
                .filter(entry -> entry.operation().getTags().contains("called"))
                .map(Entry::toString)
                .collect(toSet()));
  }

  private static boolean matches(Entry entry, String line) {
    return line.matches(
        entry.method() + " " + entry.path().replaceAll("\\{[^}]+}", "[^/]*[0-9][^/]*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'usagePlanName': null}",
        "{'usagePlanName': ''}",
        "{'usagePlanName': 7}",
        "{'usagePlanName': 'a', 'unheardOf': 1}",
        "{'usagePlanName': 'a', 'usagePlanDescription': null}",
        "{'usagePlanName': 'a', 'rateRps': 0}",
        "{'usagePlanName': 'a', 'rateRps': '1'}",
        "{'usagePlanName': 'a', 'rateRps': 2147483648}",
        "{'usagePlanName': 'a', 'dayQuotaRequest': 1}",
        "{'usagePlanName': 'a', 'monthQuotaRequest': 1}",
        "{'usagePlanName': 'a', 'dayQuotaRequest': 0, 'monthQuotaRequest': 1}",
        "{'usagePlanName': 'a', 'dayQuotaRequest': 1, 'monthQuotaRequest': 9007199254740992}",
        "{'usagePlanName': 'a', 'quotaCondition': '1xx'}",
        "['usagePlanName']",
        "{"
      })
  void aBodyThatIsNotToBeSent_isFound(String body) {
    var request = request("POST", "/api/v1/usage-plans", SIGNED, body.replace('\'', '"'));

    assertThat(NCP.get().faultsOf(request)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x-ncp-apigw-timestamp", "x-ncp-iam-access-key", "x-ncp-apigw-signature-v2"})
  void aRequestNotFullySigned_isFound(String missing) {
    Map<String, List<String>> headers = new HashMap<>(SIGNED);
    headers.remove(missing);

    assertThat(NCP.get().faultsOf(request("GET", "/api/v1/products", headers, ""))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/usage-plan",
        "/api/v1/usage-plans/plan-1",
        "/api/v1/usage-plans/plan1wthl9x",
        "/api/v1/usage-plans?associated=true",
        "/api/v1/usage-plans?stageId=stg1fh5o12&associated=maybe",
        "/api/v1/usage-plans?stageId=stg1fh5o12&limit=0",
        "/api/v1/usage-plans?stageId=stg1fh5o12&page=1"
      })
  void aTargetThatIsNotToBeSent_isFound(String target) {
    assertThat(NCP.get().faultsOf(request("GET", target, SIGNED, ""))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{'usagePlan': {'rateRps': '1'}}",
        "{'usagePlan': {'rateRps': 1.5}}",
        "{'usagePlan': {'unheardOf': 1}}",
        "{'usageplan': {}}",
        "[]"
      })
  void anAnswerOfAnotherShape_isFound(String body) {
    var answer = response(200, JSON, body.replace('\'', '"'));

    assertThat(NCP.get().faultsOf(Method.GET, "/api/v1/usage-plans/plan1wthl9", answer))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'error': {}}", "{'error': {'errorCode': true}}", "{'errorCode': '100'}"})
  void anErrorOfAnotherShape_isFound(String body) {
    var answer = response(400, JSON, body.replace('\'', '"'));

    assertThat(NCP.get().faultsOf(Method.GET, "/api/v1/products", answer)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'100'", "100"})
  void anErrorsCode_isTextOrNumber(String code) {
    var answer =
        response(400, JSON, "{\"error\":{\"errorCode\":%s}}".formatted(code.replace('\'', '"')));

    assertThat(NCP.get().faultsOf(Method.GET, "/api/v1/products", answer)).isEmpty();
  }

  @Test
  void aBodyWhereThereIsNone_isFound() {
    var answer = response(204, JSON, "{}");

    assertThat(NCP.get().faultsOf(Method.DELETE, "/api/v1/usage-plans/plan1wthl9", answer))
        .isNotEmpty();
  }

  private static String example(Content content) {
    return Json.pretty(content.get("application/json").getExample());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
