package io.planwarden.app;

import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An operation of the document, with references resolved, and a valid request for it.
 *
 * @param methods all methods of its path
 * @param mediaType of the body, null if it takes none
 */
record OpenApiOperation(
    String id,
    String method,
    String path,
    Set<String> methods,
    List<Parameter> parameters,
    Set<String> statuses,
    String mediaType,
    Schema<?> body,
    String bodyExample) {
  /** Things that the sandbox has, so that a request is wrong only where it is meant to be. */
  private static final Map<String, Object> KNOWN =
      Map.of(
          "usagePlanId", "planfree01",
          "stage", "weather001:forecast01:wfcstprod1",
          "apiKeyId", "keyacme001",
          "productId", "weather001",
          "apiId", "forecast01",
          "stageId", "wfcstprod1",
          "operationId", "01JZZZZZZZZZZZZZZZZZZZZZZZ",
          "dayQuotaRequest", 10,
          "monthQuotaRequest", 20);

  /** All operations of a document. */
  static List<OpenApiOperation> of(OpenAPI model) {
    List<OpenApiOperation> operations = new ArrayList<>();
    model
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            operations.add(of(model, path, item, method, operation))));
    return operations;
  }

  private static OpenApiOperation of(
      OpenAPI model, String path, PathItem item, PathItem.HttpMethod method, Operation operation) {
    List<Parameter> parameters =
        Stream.of(item.getParameters(), operation.getParameters())
            .flatMap(Stream::ofNullable)
            .flatMap(List::stream)
            .map(each -> resolved(model, each))
            .toList();
    var body = operation.getRequestBody();
    Map.Entry<String, MediaType> content =
        body == null ? null : body.getContent().entrySet().iterator().next();
    Schema<?> schema = content == null ? null : resolved(model, content.getValue().getSchema());
    return new OpenApiOperation(
        operation.getOperationId(),
        method.name(),
        path,
        Set.copyOf(item.readOperationsMap().keySet().stream().map(Enum::name).toList()),
        parameters,
        operation.getResponses().keySet(),
        content == null ? null : content.getKey(),
        schema,
        content == null ? null : example(content.getValue(), schema));
  }

  private static Parameter resolved(OpenAPI model, Parameter parameter) {
    Parameter found =
        parameter.get$ref() == null
            ? parameter
            : model.getComponents().getParameters().get(name(parameter.get$ref()));
    found.setSchema(resolved(model, found.getSchema()));
    return found;
  }

  private static Schema<?> resolved(OpenAPI model, Schema<?> schema) {
    Schema<?> found =
        schema.get$ref() == null
            ? schema
            : model.getComponents().getSchemas().get(name(schema.get$ref()));
    if (found.getProperties() != null) {
      found.getProperties().replaceAll((name, each) -> resolved(model, each));
    }
    return found;
  }

  private static String name(String ref) {
    return ref.substring(ref.lastIndexOf('/') + 1);
  }

  private static String example(MediaType content, Schema<?> schema) {
    Object written = content.getExample();
    if (written == null && content.getExamples() != null) {
      written = content.getExamples().values().stream().findFirst().map(Example::getValue).get();
    }
    if (written == null) {
      Map<String, Object> members = new LinkedHashMap<>();
      schema.getProperties().forEach((name, each) -> members.put(name, valid(name, each)));
      written = members;
    }
    return Json.mapper().valueToTree(written).toString();
  }

  static Object valid(String name, Schema<?> schema) {
    if (KNOWN.containsKey(name)) {
      return KNOWN.get(name);
    }
    if (schema.getExample() != null) {
      return schema.getExample();
    }
    if (schema.getEnum() != null) {
      return schema.getEnum().get(0);
    }
    return switch (String.valueOf(schema.getType())) {
      case "integer", "number" -> schema.getMinimum() == null ? 1 : schema.getMinimum();
      case "boolean" -> true;
      default -> "hostile";
    };
  }

  List<Parameter> in(String place) {
    return parameters.stream().filter(each -> each.getIn().equals(place)).toList();
  }

  /** The path with valid ids. */
  String target() {
    return targetWith("", "");
  }

  /** The path with valid ids, but for one. */
  String targetWith(String parameter, String value) {
    String target = path;
    for (Parameter each : in("path")) {
      String name = each.getName();
      Object id = name.equals(parameter) ? value : valid(name, each.getSchema());
      target = target.replace("{" + name + "}", String.valueOf(id));
    }
    return target;
  }

  boolean declares(int status) {
    return statuses.contains(Integer.toString(status))
        || statuses.contains(status / 100 + "XX")
        || statuses.contains("default");
  }
}
