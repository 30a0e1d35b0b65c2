package io.planwarden.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What tells one payload from another. */
public final class Fingerprint {
  private static final ObjectWriter JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build().writer();

  private Fingerprint() {}

  /** The SHA-256, in hexadecimal digits, of the members as JSON with sorted names. */
  public static String of(Map<String, ?> members) {
    try {
      byte[] canonical = JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("every Java platform has SHA-256, and this is plain JSON", e);
    }
  }
}
