package io.planwarden.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.planwarden.digest.Sha256;
import java.util.Optional;

/**
 * The canonical text of a row and its hash: JSON with the members sorted by name at every level, no
 * white space, absent members left out, UTF-8. The hash is SHA-256 over that text, which holds
 * {@code prevHash}; so each row vouches for all before it.
 */
final class Canonical {
  /** What the first row names as its predecessor. */
  static final String GENESIS = "0".repeat(64);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Canonical() {}

  /** The canonical text of a linked row. */
  static String text(AuditRow row) {
    return RowText.of(row);
  }

  /** The row that a text describes; empty if it describes none, as after somebody edited it. */
  static Optional<AuditRow> parse(String text, String hash) {
    try {
      return Optional.ofNullable(JSON.readValue(text, AuditRow.class))
          .filter(Canonical::isWhole)
          .map(row -> row.hashed(hash));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Whether it has what every row in the chain has. */
  private static boolean isWhole(AuditRow row) {
    return row.seq() != null
        && row.at() != null
        && row.prevHash() != null
        && row.phase() != null
        && row.operationId() != null
        && row.caller() != null
        && row.action() != null
        && row.target() != null;
  }

  /** SHA-256 in lower-case hexadecimal. */
  static String hash(String text) {
    return Sha256.hex(text);
  }
}
