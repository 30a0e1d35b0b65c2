package io.planwarden.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/** Which problems an operation can answer, as the OpenAPI document tells them. */
final class ApiProblems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<ErrorCode> ALWAYS =
      EnumSet.of(
          ErrorCode.BAD_REQUEST,
          ErrorCode.INVALID_PARAMETER,
          ErrorCode.UNAUTHENTICATED,
          ErrorCode.FORBIDDEN,
          ErrorCode.UNKNOWN_PATH,
          ErrorCode.HOST_NOT_ALLOWED,
          ErrorCode.NOT_ACCEPTABLE,
          ErrorCode.REQUEST_TIMEOUT,
          ErrorCode.CONTENT_TOO_LARGE,
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          ErrorCode.URI_TOO_LONG,
          ErrorCode.HEADERS_TOO_LARGE,
          ErrorCode.TOO_MANY_REQUESTS,
          ErrorCode.INTERNAL_ERROR,
          ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE);
  private static final Set<ErrorCode> OF_BODIES =
      EnumSet.of(
          ErrorCode.INVALID_FIELD,
          ErrorCode.UNKNOWN_FIELD,
          ErrorCode.DUPLICATE_FIELD,
          ErrorCode.MALFORMED_JSON);
  private static final Set<ErrorCode> OF_CHANGES =
      EnumSet.of(
          ErrorCode.CROSS_SITE_REQUEST,
          ErrorCode.CHANGE_IN_FLIGHT,
          ErrorCode.IDEMPOTENCY_KEY_IN_PROGRESS,
          ErrorCode.IDEMPOTENCY_KEY_REUSED,
          ErrorCode.AUDIT_UNAVAILABLE,
          ErrorCode.TARGET_BUSY,
          ErrorCode.OUTCOME_UNKNOWN,
          ErrorCode.NOT_IN_EFFECT);
  // What no other operation of its kind answers.
  private static final Map<String, Set<ErrorCode>> OF_OPERATION =
      Map.of(
          "createUsagePlan",
          Set.of(
              ErrorCode.QUOTA_PAIR_REQUIRED,
              ErrorCode.ZERO_QUOTA_AMBIGUOUS,
              ErrorCode.PLAN_NAME_EXISTS,
              ErrorCode.IDEMPOTENCY_KEY_REQUIRED),
          "editUsagePlan",
          Set.of(ErrorCode.QUOTA_PAIR_REQUIRED, ErrorCode.ZERO_QUOTA_AMBIGUOUS),
          "patchUsagePlan",
          Set.of(
              ErrorCode.QUOTA_PAIR_REQUIRED,
              ErrorCode.ZERO_QUOTA_AMBIGUOUS,
              ErrorCode.CLEAR_NOT_SUPPORTED),
          "setDefaultLimits",
          Set.of(ErrorCode.QUOTA_PAIR_REQUIRED, ErrorCode.ZERO_QUOTA_AMBIGUOUS),
          "assignUsagePlan",
          Set.of(ErrorCode.PLAN_NOT_ON_STAGE),
          "deleteUsagePlan",
          Set.of(ErrorCode.PLAN_IN_USE),
          "revertOperation",
          Set.of(
              ErrorCode.NOT_REVERTIBLE,
              ErrorCode.REVERTED_TARGET_CHANGED,
              ErrorCode.CLEAR_NOT_SUPPORTED,
              ErrorCode.PLAN_NOT_ON_STAGE,
              ErrorCode.PLAN_IN_USE,
              ErrorCode.PRODUCT_FORBIDDEN,
              ErrorCode.IDEMPOTENCY_KEY_REQUIRED),
          "verifyAudit",
          Set.of(ErrorCode.AUDIT_BUSY),
          "archiveAudit",
          Set.of(ErrorCode.AUDIT_BUSY, ErrorCode.ARCHIVE_REFUSED, ErrorCode.CROSS_SITE_REQUEST));
  // What our own record answers, without a call to NCP.
  private static final Set<String> LOCAL =
      Set.of(
          "getOperation",
          "findOperations",
          "listAudit",
          "verifyAudit",
          "exportAudit",
          "archiveAudit");

  private ApiProblems() {}

  /** By HTTP status. */
  static Map<Integer, List<ErrorCode>> of(Operation operation, boolean writes) {
    Set<ErrorCode> codes = EnumSet.copyOf(ALWAYS);
    String id = String.valueOf(operation.getOperationId());
    codes.addAll(OF_OPERATION.getOrDefault(id, Set.of()));
    if (operation.getRequestBody() != null) {
      codes.addAll(OF_BODIES);
    }
    if (isChange(operation, writes)) {
      codes.addAll(OF_CHANGES);
    }
    if (LOCAL.contains(id)) {
      codes.add(ErrorCode.AUDIT_UNAVAILABLE);
    } else {
      Arrays.stream(ErrorCode.values())
          .filter(code -> code.name().startsWith("UPSTREAM_"))
          .forEach(codes::add);
    }
    if (operation.getParameters() != null) {
      operation.getParameters().stream()
          .filter(parameter -> parameter.getIn() == In.PATH || !LOCAL.contains(id))
          .forEach(parameter -> codes.addAll(ofParameter(parameter.getName())));
    }
    Map<Integer, List<ErrorCode>> byStatus = new TreeMap<>();
    codes.forEach(
        code -> byStatus.computeIfAbsent(code.status(), s -> new ArrayList<>()).add(code));
    return byStatus;
  }

  /** Whether it is a change of something in NCP. */
  static boolean isChange(Operation operation, boolean writes) {
    return writes && !LOCAL.contains(String.valueOf(operation.getOperationId()));
  }

  private static Set<ErrorCode> ofParameter(String name) {
    return switch (name) {
      case "usagePlanId" ->
          EnumSet.of(
              ErrorCode.INVALID_ID, ErrorCode.USAGE_PLAN_NOT_FOUND, ErrorCode.PRODUCT_FORBIDDEN);
      case "stage" ->
          EnumSet.of(
              ErrorCode.INVALID_ID,
              ErrorCode.STAGE_NOT_FOUND,
              ErrorCode.STAGE_AMBIGUOUS,
              ErrorCode.PRODUCT_FORBIDDEN);
      case "apiKeyId" -> EnumSet.of(ErrorCode.INVALID_ID, ErrorCode.API_KEY_NOT_FOUND);
      case "productId", "apiId" ->
          EnumSet.of(
              ErrorCode.INVALID_ID, ErrorCode.PRODUCT_NOT_FOUND, ErrorCode.PRODUCT_FORBIDDEN);
      case "If-Match" -> EnumSet.of(ErrorCode.PRECONDITION_FAILED, ErrorCode.PRECONDITION_REQUIRED);
      case "operationId" -> EnumSet.of(ErrorCode.INVALID_ID, ErrorCode.OPERATION_NOT_FOUND);
      default -> EnumSet.noneOf(ErrorCode.class);
    };
  }

  /** The problem as it is answered. */
  static Example example(ErrorCode code) {
    Problem problem = Problem.of(new FacadeException(code, code.cause()));
    try {
      return OASFactory.createExample().value(JSON.readValue(problem.body(), Map.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is JSON", e);
    }
  }

  static Schema schema() {
    Schema codes = text("The stable word for the error");
    Arrays.stream(ErrorCode.values()).forEach(code -> codes.addEnumeration(code.code()));
    Schema upstream =
        object("NCP's own word for it")
            .addProperty("status", of(SchemaType.INTEGER, "NCP's HTTP status"))
            .addProperty("code", text("NCP's error code"));
    return object("A problem (RFC 9457)")
        .addProperty("type", text("A page about the problem"))
        .addProperty("title", text("A few words, the same for every occurrence"))
        .addProperty("status", of(SchemaType.INTEGER, "The HTTP status"))
        .addProperty("code", codes)
        .addProperty(
            "retryable",
            of(SchemaType.BOOLEAN, "Whether the same request, sent again, is safe and may succeed"))
        .addProperty("detail", text("What happened, and what to do next"))
        .addProperty("field", text("The field of the request that is wrong"))
        .addProperty("rule", text("The rule that it breaks"))
        .addProperty("operationId", text("The change, if anything of it is on record"))
        .addProperty("upstream", upstream)
        .addProperty("usagePlanIds", list("The plans that carry the name"))
        .addProperty("stages", list("The stages that carry the id"))
        .addProperty(
            "usagePlans",
            of(SchemaType.ARRAY, "The plans that are on the stage")
                .items(
                    object("A plan")
                        .addProperty("usagePlanId", text("Its id"))
                        .addProperty("usagePlanName", text("Its name"))))
        .addProperty(
            "attachedStages",
            of(SchemaType.ARRAY, "The stages that the plan is attached to")
                .items(OASFactory.createSchema().ref("#/components/schemas/PlanStage")))
        .addProperty("stoppedAt", text("The operation of the step at which the change stopped"))
        .addProperty("etag", text("The entity tag that the target has now"))
        .addProperty(
            "diff",
            of(SchemaType.ARRAY, "How the target and the request differ")
                .items(
                    object("One member; a value that is not set is left out")
                        .addProperty("field", text("Its name"))
                        .addProperty("before", any("What it was before the operation"))
                        .addProperty("after", any("What the operation left"))
                        .addProperty("current", any("What NCP holds"))
                        .addProperty("requested", any("What the request would make of it"))))
        .addProperty("notCleared", list("The members that NCP did not clear"))
        .required(List.of("type", "title", "status", "code", "retryable", "detail"));
  }

  private static Schema any(String description) {
    return OASFactory.createSchema().description(description);
  }

  private static Schema list(String description) {
    return of(SchemaType.ARRAY, description)
        .items(OASFactory.createSchema().addType(SchemaType.STRING));
  }

  private static Schema object(String description) {
    return of(SchemaType.OBJECT, description).additionalPropertiesBoolean(false);
  }

  private static Schema text(String description) {
    return of(SchemaType.STRING, description);
  }

  private static Schema of(SchemaType type, String description) {
    return OASFactory.createSchema().addType(type).description(description);
  }
}
