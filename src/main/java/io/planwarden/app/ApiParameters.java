package io.planwarden.app;

import static java.util.Map.entry;

import io.planwarden.audit.Anchor;
import io.planwarden.gateway.Ids;
import io.planwarden.operation.AuditParameters;
import io.planwarden.operation.OperationResource;
import io.planwarden.request.ListWindow;
import io.planwarden.request.RequestId;
import io.planwarden.usageplan.Rules;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.jspecify.annotations.Nullable;

/** The parameters that many operations share, as the OpenAPI document tells them. */
final class ApiParameters {
  /**
   * What a parameter takes; the schema is a new one for each, for a document may change its own.
   */
  private record Spec(@Nullable String description, Supplier<Schema> schema) {}

  private static final Spec ID =
      new Spec("The id as NCP shows it, such as plan1wthl9", () -> form(Ids.FORM));
  private static final Spec PRODUCT =
      new Spec("The id as NCP shows it, such as prod1ksk90", () -> form(Ids.FORM));
  private static final Spec PRODUCT_OF_STAGE =
      new Spec("Where to look for a stage that is named by its id alone", () -> form(Ids.FORM));

  private static final Map<String, Spec> SPECS =
      Map.ofEntries(
          entry("usagePlanId", ID),
          entry("apiKeyId", ID),
          entry("apiId", ID),
          entry("stageId", ID),
          entry("productId", PRODUCT),
          entry(
              "stage",
              new Spec(
                  "A stage id, or productId:apiId:stageId",
                  () -> form("(" + Ids.FORM + ":" + Ids.FORM + ":)?" + Ids.FORM))),
          entry("operationId", new Spec(null, () -> form(OperationResource.ID_FORM))),
          entry(
              "offset",
              new Spec(
                  "How many items to skip",
                  () -> number(0, ListWindow.MAX_OFFSET).defaultValue(0))),
          entry(
              "limit",
              new Spec(
                  "How many items at most",
                  () -> number(1, ListWindow.MAX_LIMIT).defaultValue(ListWindow.DEFAULT_LIMIT))),
          entry(
              "attached",
              new Spec(
                  "false lists the plans that are not attached. NCP lists these without"
                      + " description, limits and condition, so that one of them without limits may"
                      + " have some",
                  ApiParameters::flag)),
          entry(
              "allowDuplicateName",
              new Spec(
                  "Whether to create it although a plan of that name exists", ApiParameters::flag)),
          entry(
              "cascade",
              new Spec(
                  "Whether to detach the plan from every stage first; needs the role admin",
                  ApiParameters::flag)),
          entry(
              "dryRun",
              new Spec(
                  "Whether only to tell what the change would do: the same checks and the same"
                      + " errors, nothing is sent, and there is no operation",
                  ApiParameters::flag)),
          entry(
              "impact",
              new Spec(
                  "With dryRun: whether to find the stages and API keys that it concerns",
                  ApiParameters::flag)),
          entry(
              "If-Match",
              new Spec(
                  "The ETag that the target must still have, or several, or *; the change is not"
                      + " made otherwise",
                  ApiParameters::text)),
          entry(
              "If-None-Match",
              new Spec("The ETag that the caller has already", ApiParameters::text)),
          entry(
              "usagePlanName",
              new Spec(
                  "A part of the plans' names, as NCP searches by it",
                  () -> text().minLength(1).maxLength(Rules.NAME_MAX))),
          entry("name", new Spec("The stage's exact name", () -> text().minLength(1))),
          entry(
              "cursor",
              new Spec("The next of an earlier answer", () -> form("[A-Za-z0-9_-]{12,26}"))),
          entry("from", new Spec("Rows at or after this time", ApiParameters::time)),
          entry("to", new Spec("Rows before this time", ApiParameters::time)),
          entry(
              "anchor",
              new Spec("A head that was kept, to hold the audit against", () -> form(Anchor.FORM))),
          entry(
              "caller",
              new Spec(
                  "Rows of this caller",
                  () -> text().minLength(1).maxLength(AuditParameters.LONGEST_CALLER))),
          entry(
              "action",
              new Spec(
                  "Rows about this kind of change, or about callers who were refused this operation"
                      + " of the API (403)",
                  () -> words(AuditParameters.ACTIONS))),
          entry(
              "outcome",
              new Spec(
                  "Rows that tell this end of a change", () -> words(AuditParameters.OUTCOMES))),
          entry(
              "idempotencyKey",
              new Spec(
                  "An Idempotency-Key, while it is kept; instead of requestId",
                  () -> text().minLength(1))),
          entry(
              "requestId", new Spec("The X-Request-Id of a request", () -> form(RequestId.FORM))));

  private ApiParameters() {}

  /** What the parameter takes; the resources read them as text, to refuse them in our own words. */
  static void describe(Parameter parameter) {
    boolean ofStage = parameter.getName().equals("productId") && parameter.getIn() == In.QUERY;
    Spec spec = ofStage ? PRODUCT_OF_STAGE : SPECS.get(parameter.getName());
    if (spec != null) {
      parameter.description(spec.description()).schema(spec.schema().get());
    }
  }

  /** The request headers that every operation reads. */
  static List<Parameter> headers(boolean writes, boolean change) {
    List<Parameter> headers = new ArrayList<>();
    headers.add(
        header(
                "X-Request-Id",
                "An id of the caller's own: 1 to 128 of A-Z a-z 0-9 . _ : / + = -; any other is"
                    + " replaced")
            .schema(text()));
    if (change) {
      headers.add(
          header(
                  "Idempotency-Key",
                  "The caller's name for the change, in double quotes or bare: 1 to 255 printable"
                      + " ASCII characters. Sent again with the same payload within 24 hours, the"
                      + " change is not made again and the answer is the first one's; a dry run"
                      + " does not use it")
              .schema(text()));
    }
    if (writes) {
      headers.add(
          header(
                  "X-Change-Reason",
                  "Why, for the audit: percent-encoded UTF-8, at most 500 characters decoded")
              .schema(text()));
    }
    return headers;
  }

  private static Parameter header(String name, String description) {
    return OASFactory.createParameter().in(In.HEADER).name(name).description(description);
  }

  /** Text of which the whole has this form. */
  private static Schema form(String pattern) {
    return text().pattern("^" + pattern + "$");
  }

  private static Schema flag() {
    return OASFactory.createSchema().addType(SchemaType.BOOLEAN);
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(SchemaType.STRING);
  }

  private static Schema time() {
    return text().format("date-time");
  }

  private static Schema words(List<String> words) {
    Schema schema = text();
    words.forEach(schema::addEnumeration);
    return schema;
  }

  private static Schema number(long least, long most) {
    return OASFactory.createSchema()
        .addType(SchemaType.INTEGER)
        .format("int64")
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }
}
