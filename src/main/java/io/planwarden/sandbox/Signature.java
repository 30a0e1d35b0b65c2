package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** NCP's signature v2, checked over the request target exactly as received ({@code ncpapi}). */
record Signature(String accessKey, String secretKey) {

  static final String TIMESTAMP = "x-ncp-apigw-timestamp";
  static final String ACCESS_KEY = "x-ncp-iam-access-key";
  static final String SIGNATURE = "x-ncp-apigw-signature-v2";

  private static final Duration SKEW = Duration.ofMinutes(5);

  boolean accepts(Request request, Instant now) {
    String timestamp = request.header(TIMESTAMP);
    String key = request.header(ACCESS_KEY);
    String signature = request.header(SIGNATURE);
    return timestamp != null
        && key != null
        && signature != null
        && isFresh(timestamp, now)
        && same(key, accessKey)
        && same(signature, sign(request.method(), request.target(), timestamp));
  }

  String sign(String method, String target, String timestamp) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA256"));
      String text = method + " " + target + "\n" + timestamp + "\n" + accessKey;
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }

  private static boolean isFresh(String timestamp, Instant now) {
    Instant signedAt = instantOf(timestamp);
    return signedAt != null && Duration.between(signedAt, now).abs().compareTo(SKEW) <= 0;
  }

  private static @Nullable Instant instantOf(String timestamp) {
    try {
      return Instant.ofEpochMilli(Long.parseLong(timestamp));
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), expected.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "Signature[accessKey=" + accessKey + ", secretKey=***]";
  }
}
