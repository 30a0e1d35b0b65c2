package io.planwarden.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.planwarden.digest.Sha256;
import java.util.Map;

/** What tells one payload from another. */
public final class Fingerprint {
  private static final ObjectWriter JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build().writer();

  private Fingerprint() {}

  /** The SHA-256, in hexadecimal digits, of the members as JSON with sorted names. */
  public static String of(Map<String, ?> members) {
    try {
      return Sha256.hex(JSON.writeValueAsString(members));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this is plain JSON", e);
    }
  }
}
