package io.planwarden.app;

import io.planwarden.problem.ErrorCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.IndexView;

/**
 * Says in the OpenAPI document what holds for every operation alike: ids and paging, headers, the
 * problems that it can answer, and examples; so that no resource repeats it.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {
  private static final Set<HttpMethod> WRITES =
      EnumSet.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
  private static final String CREATES_VERSIONED = "createUsagePlan";
  private static final String READ_AS_KEPT = "getUsagePlan";

  private final ApiSecurity security;

  public ApiDocument(IndexView index) {
    this.security = new ApiSecurity(index);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    document.setInfo(
        OASFactory.createInfo()
            .title("Planwarden")
            .version("v1")
            .description(
                "Audited changes to the usage plans of NAVER Cloud Platform API Gateway. Bodies use"
                    + " NCP's own field names; errors are RFC 9457 problems with a stable code."));
    // In the order in which a person meets them.
    document.setTags(
        Stream.of("Usage plans", "Stages", "Catalog", "Operations", "Audit")
            .map(name -> OASFactory.createTag().name(name))
            .toList());
    Components components = document.getComponents();
    components.getSchemas().values().forEach(ApiDocument::close);
    components.addSchema("Problem", ApiProblems.schema());
    for (ErrorCode code : ErrorCode.values()) {
      components.addExample(code.code(), ApiProblems.example(code));
    }
    security.addTo(document);
    ApiExamples examples = ApiExamples.read();
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach((method, operation) -> complete(operation, method, examples)));
  }

  /** An answer has the members that the document names, and no others. */
  private static void close(Schema schema) {
    if (schema.getProperties() != null && schema.getAdditionalPropertiesSchema() == null) {
      schema.setAdditionalPropertiesBoolean(false);
    }
  }

  private static void complete(Operation operation, HttpMethod method, ApiExamples examples) {
    boolean writes = WRITES.contains(method);
    boolean change = ApiProblems.isChange(operation, writes);
    List<Parameter> parameters =
        operation.getParameters() == null ? List.of() : operation.getParameters();
    parameters.forEach(ApiParameters::describe);
    examples.addTo(operation);
    operation.getResponses().removeAPIResponse("400");
    operation
        .getResponses()
        .getAPIResponses()
        .forEach((status, response) -> headers(operation, status, response, change));
    // Whose answer, where it is one of its own, tells of no change and is no version.
    ApiPreviews.addTo(operation, examples.preview(operation));
    ApiProblems.of(operation, writes)
        .forEach((status, codes) -> add(operation, status, codes, change));
    ApiParameters.headers(writes, change).forEach(operation::addParameter);
  }

  private static void headers(
      Operation operation, String status, APIResponse response, boolean change) {
    ApiHeaders.ofSuccess(response);
    if (change) {
      ApiHeaders.ofChange(response);
    }
    if (status.equals("201")) {
      ApiHeaders.ofCreation(response);
    }
    if (isVersioned(operation) && !status.equals("204")) {
      ApiHeaders.ofVersion(response);
    }
    if (READ_AS_KEPT.equals(operation.getOperationId())) {
      ApiHeaders.ofKept(response);
    }
  }

  /** What takes a condition has versions, from its creation on. */
  private static boolean isVersioned(Operation operation) {
    return CREATES_VERSIONED.equals(operation.getOperationId())
        || (operation.getParameters() != null
            && operation.getParameters().stream()
                .anyMatch(p -> p.getName().matches("If-(None-)?Match")));
  }

  private static void add(Operation operation, int status, List<ErrorCode> codes, boolean change) {
    MediaType body =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
    codes.forEach(
        code ->
            body.addExample(
                code.code(),
                OASFactory.createExample().ref("#/components/examples/" + code.code())));
    Content content = OASFactory.createContent().addMediaType("application/problem+json", body);
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(String.join("; ", codes.stream().map(ErrorCode::title).toList()))
            .content(content);
    Map<String, Header> headers = new TreeMap<>(ApiHeaders.ofProblem(status, change));
    headers.forEach(response::addHeader);
    operation.getResponses().addAPIResponse(Integer.toString(status), response);
  }
}
