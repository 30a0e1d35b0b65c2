package io.planwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.model.Body;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A committed OpenAPI document, and what requests and answers have against it. A member that a
 * schema does not name is a fault unless the schema says that others may come.
 */
public final class OpenApiDocument {
  /** What Planwarden calls. */
  public static final Supplier<OpenApiDocument> NCP = once("openapi/ncp-api-gateway.yaml");

  /** What Planwarden serves. */
  public static final Supplier<OpenApiDocument> PLANWARDEN = once("openapi/planwarden.yaml");

  private static final LevelResolver LEVELS =
      LevelResolver.create()
          .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
          .build();

  // What HTTP and its servers say of themselves, and the stub server of tests.
  private static final Set<String> OF_HTTP =
      Set.of(
          "accept",
          "accept-encoding",
          "allow",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "matched-stub-id",
          "transfer-encoding",
          "vary",
          "x-content-type-options");

  private final String text;
  private final OpenApiInteractionValidator validator;
  private final ApiOperationResolver operations;
  private final SchemaValidator schemas;
  private final Schema<?> problem;

  private OpenApiDocument(String text) {
    this.text = text;
    this.validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(text)
            .withLevelResolver(LEVELS)
            .build();
    OpenAPI model = model();
    this.operations = new ApiOperationResolver(model, null, false);
    this.schemas = new SchemaValidator(model, new MessageResolver(LEVELS));
    Schema<?> named = model.getComponents().getSchemas().get("Problem");
    this.problem = named == null ? anyProblem() : named;
  }

  /** What every problem has, whatever a document says. */
  private static Schema<?> anyProblem() {
    Schema<?> any = new ObjectSchema();
    for (String member : List.of("type", "title", "code", "detail")) {
      any.addProperty(member, new StringSchema());
    }
    any.addProperty("status", new IntegerSchema());
    any.addProperty("retryable", new BooleanSchema());
    any.setRequired(List.copyOf(any.getProperties().keySet()));
    any.setAdditionalProperties(true);
    return any;
  }

  /** Reads a document. */
  public static OpenApiDocument read(Path file) {
    try {
      return new OpenApiDocument(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Reading takes about a second, and most test classes need no document.
  private static Supplier<OpenApiDocument> once(String file) {
    return new Supplier<>() {
      private OpenApiDocument document;

      @Override
      public synchronized OpenApiDocument get() {
        if (document == null) {
          document = read(Path.of(file));
        }
        return document;
      }
    };
  }

  /** The document as a model, which is the caller's own. */
  public OpenAPI model() {
    return new OpenAPIV3Parser().readContents(text).getOpenAPI();
  }

  /** What is wrong with a request. */
  public List<String> faultsOf(Request request) {
    return faults(validator.validateRequest(request));
  }

  /** What is wrong with an answer; its status has to be declared. */
  public List<String> faultsOf(Method method, String path, Response response) {
    return faults(validator.validateResponse(path, method, response));
  }

  /**
   * Which headers of an answer the document does not name. A caller that is made from the document
   * does not know of them.
   */
  public Set<String> unnamedHeaders(Method method, String path, int status, Set<String> headers) {
    ApiResponse answer =
        operations
            .findApiOperation(path, method)
            .getApiOperation()
            .getOperation()
            .getResponses()
            .get(Integer.toString(status));
    Set<String> unnamed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    if (answer != null) {
      unnamed.addAll(headers);
      // One by one, because only then does the set's own order decide what is the same.
      OF_HTTP.forEach(unnamed::remove);
      if (answer.getHeaders() != null) {
        answer.getHeaders().keySet().forEach(unnamed::remove);
      }
    }
    return unnamed;
  }

  /**
   * What is wrong with an answer to a request that reaches no operation: it has to be refused, with
   * a problem.
   */
  public List<String> faultsOfRefusal(Response response) {
    if (response.getStatus() < 400) {
      return List.of("a request that reaches no operation is answered " + response.getStatus());
    }
    String type = response.getContentType().orElse("");
    if (!type.startsWith("application/problem+json")) {
      return List.of("a refusal of type '" + type + "' is no problem+json");
    }
    String body = response.getResponseBody().map(OpenApiDocument::text).orElse("");
    return faults(schemas.validate(body, problem, "problem"));
  }

  private static String text(Body body) {
    try {
      return body.toString(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the document has an operation with this method at this path. */
  public boolean has(Request request) {
    return validator.validateRequest(request).getMessages().stream()
        .map(ValidationReport.Message::getKey)
        .noneMatch(
            key ->
                key.equals("validation.request.path.missing")
                    || key.equals("validation.request.operation.notAllowed"));
  }

  private static List<String> faults(ValidationReport report) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .map(message -> message.getKey() + ": " + message.getMessage())
        .toList();
  }
}
