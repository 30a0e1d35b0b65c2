package io.planwarden.app;

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
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/** The parameters that many operations share, as the OpenAPI document tells them. */
final class ApiParameters {
  private ApiParameters() {}

  /** What the parameter takes; the resources read them as text, to refuse them in our own words. */
  static void describe(Parameter parameter) {
    switch (parameter.getName()) {
      case "usagePlanId", "apiKeyId", "apiId", "stageId" ->
          parameter
              .description("The id as NCP shows it, such as plan1wthl9")
              .schema(text().pattern("^" + Ids.FORM + "$"));
      case "productId" ->
          parameter
              .description(
                  parameter.getIn() == In.QUERY
                      ? "Where to look for a stage that is named by its id alone"
                      : "The id as NCP shows it, such as prod1ksk90")
              .schema(text().pattern("^" + Ids.FORM + "$"));
      case "stage" ->
          parameter
              .description("A stage id, or productId:apiId:stageId")
              .schema(text().pattern("^(" + Ids.FORM + ":" + Ids.FORM + ":)?" + Ids.FORM + "$"));
      case "operationId" -> parameter.schema(text().pattern("^" + OperationResource.ID_FORM + "$"));
      case "offset" ->
          parameter
              .description("How many items to skip")
              .schema(
                  number()
                      .minimum(BigDecimal.ZERO)
                      .maximum(BigDecimal.valueOf(ListWindow.MAX_OFFSET))
                      .defaultValue(0));
      case "limit" ->
          parameter
              .description("How many items at most")
              .schema(
                  number()
                      .minimum(BigDecimal.ONE)
                      .maximum(BigDecimal.valueOf(ListWindow.MAX_LIMIT))
                      .defaultValue(ListWindow.DEFAULT_LIMIT));
      case "attached" ->
          parameter
              .description(
                  "false lists the plans that are not attached. NCP lists these without"
                      + " description, limits and condition, so that one of them without limits may"
                      + " have some")
              .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN));
      case "allowDuplicateName" ->
          parameter
              .description("Whether to create it although a plan of that name exists")
              .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN));
      case "cascade" ->
          parameter
              .description(
                  "Whether to detach the plan from every stage first; needs the role admin")
              .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN));
      case "dryRun" ->
          parameter
              .description(
                  "Whether only to tell what the change would do: the same checks and the same"
                      + " errors, nothing is sent, and there is no operation")
              .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN));
      case "impact" ->
          parameter
              .description("With dryRun: whether to find the stages and API keys that it concerns")
              .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN));
      case "If-Match" ->
          parameter
              .description(
                  "The ETag that the target must still have, or several, or *; the change is not"
                      + " made otherwise")
              .schema(text());
      case "If-None-Match" ->
          parameter.description("The ETag that the caller has already").schema(text());
      case "usagePlanName" ->
          parameter
              .description("A part of the plans' names, as NCP searches by it")
              .schema(text().minLength(1).maxLength(Rules.NAME_MAX));
      case "name" -> parameter.description("The stage's exact name").schema(text().minLength(1));
      case "cursor" ->
          parameter
              .description("The next of an earlier answer")
              .schema(text().pattern("^[A-Za-z0-9_-]{12,26}$"));
      case "from" -> parameter.description("Rows at or after this time").schema(time());
      case "to" -> parameter.description("Rows before this time").schema(time());
      case "anchor" ->
          parameter
              .description("A head that was kept, to hold the audit against")
              .schema(text().pattern("^" + Anchor.FORM + "$"));
      case "caller" ->
          parameter
              .description("Rows of this caller")
              .schema(text().minLength(1).maxLength(AuditParameters.LONGEST_CALLER));
      case "action" ->
          parameter
              .description(
                  "Rows about this kind of change, or about callers who were refused this operation"
                      + " of the API (403)")
              .schema(words(AuditParameters.ACTIONS));
      case "outcome" ->
          parameter
              .description("Rows that tell this end of a change")
              .schema(words(AuditParameters.OUTCOMES));
      case "idempotencyKey" ->
          parameter
              .description("An Idempotency-Key, while it is kept; instead of requestId")
              .schema(text().minLength(1));
      case "requestId" ->
          parameter
              .description("The X-Request-Id of a request")
              .schema(text().pattern("^" + RequestId.FORM + "$"));
      default -> {}
    }
  }

  /** The request headers that every operation reads. */
  static List<Parameter> headers(boolean write, boolean change) {
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
    if (write) {
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

  private static Schema number() {
    return OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
  }
}
