package io.planwarden.ncp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON as NCP speaks it: members come and go, and numbers may be strings. Whatever cannot be read
 * is null, without the reader's exception, because that may quote an API key.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static Buffer write(Record body) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body of a request to NCP is no JSON", e);
    }
  }

  static <E> @Nullable E read(Buffer body, Class<E> type) {
    try {
      return MAPPER.readValue(body.getBytes(), type);
    } catch (IOException e) {
      return null;
    }
  }

  static @Nullable JsonNode tree(Buffer body) {
    return read(body, JsonNode.class);
  }
}
