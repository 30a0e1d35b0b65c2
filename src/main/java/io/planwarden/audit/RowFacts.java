package io.planwarden.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check needs to know of a row.
 *
 * @param removed of a {@code cut} row: the last row that was archived
 * @param lost of a {@code restore} row: the anchor that was lost
 */
record RowFacts(
    long seq,
    String prevHash,
    String operationId,
    String phase,
    @Nullable Anchor removed,
    @Nullable Anchor lost) {

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** Reads them; empty if the text is not a row. */
  static Optional<RowFacts> of(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    JsonNode row;
    try {
      row = JSON.readValue(text);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    JsonNode seq = row.path("seq");
    boolean whole =
        seq.isIntegralNumber()
            && seq.canConvertToLong()
            && row.path("prevHash").isTextual()
            && row.path("operationId").isTextual()
            && row.path("phase").isTextual()
            // Never a member of the text that it covers.
            && !row.has("hash");
    if (!whole) {
      return Optional.empty();
    }
    boolean note = row.path("phase").textValue().equals(Phase.NOTE.word());
    String action = note ? row.path("action").asText() : "";
    String named = row.path("request").path(ChainNote.ANCHOR).asText();
    return Optional.of(
        new RowFacts(
            seq.longValue(),
            row.path("prevHash").textValue(),
            row.path("operationId").textValue(),
            row.path("phase").textValue(),
            action.equals(ChainNote.CUT) ? Anchor.parse(named).orElse(null) : null,
            action.equals(ChainNote.RESTORE) ? Anchor.parse(named).orElse(null) : null));
  }
}
