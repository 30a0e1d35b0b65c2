package io.planwarden.app;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.jspecify.annotations.Nullable;

/** Examples of bodies, by operation id, from {@code openapi-examples.json}. */
record ApiExamples(Map<String, Map<String, Object>> byOperation) {
  private static final String FILE = "/openapi-examples.json";

  static ApiExamples read() {
    try (InputStream file = ApiExamples.class.getResourceAsStream(FILE)) {
      return new ApiExamples(
          new ObjectMapper().readValue(Objects.requireNonNull(file), new TypeReference<>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a dry run answers, null if there is no such example. */
  @Nullable Object preview(Operation operation) {
    return byOperation.getOrDefault(operation.getOperationId(), Map.of()).get("preview");
  }

  void addTo(Operation operation) {
    Map<String, Object> examples = byOperation.getOrDefault(operation.getOperationId(), Map.of());
    if (operation.getRequestBody() != null) {
      add(operation.getRequestBody().getContent(), examples.get("request"));
    }
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")) {
                add(response.getContent(), examples.get("response"));
              }
            });
  }

  private static void add(@Nullable Content content, @Nullable Object example) {
    if (content != null && example != null) {
      content.getMediaTypes().values().forEach(mediaType -> mediaType.setExample(example));
    }
  }
}
