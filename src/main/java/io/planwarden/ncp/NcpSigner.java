package io.planwarden.ncp;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;

/** NCP's signature, version 2 ({@code ai-application-service-apigateway}). */
final class NcpSigner {
  static final String ALGORITHM = "HmacSHA256";
  static final String TIMESTAMP = "x-ncp-apigw-timestamp";
  static final String ACCESS_KEY = "x-ncp-iam-access-key";
  static final String SIGNATURE = "x-ncp-apigw-signature-v2";

  // A Mac keeps state while it computes, and looking one up costs more than the signature.
  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(NcpSigner::newMac);

  private NcpSigner() {}

  /**
   * Signs a request.
   *
   * @param target path and query exactly as they stand on the request line
   * @param at NCP accepts a difference of five minutes from its own clock
   */
  static String signature(String method, String target, Instant at, Credentials credentials) {
    String signed =
        method + " " + target + "\n" + at.toEpochMilli() + "\n" + credentials.accessKey();
    Mac mac = MAC.get();
    try {
      mac.init(credentials.secretKey().key());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("The secret key is no HMAC key", e);
    }
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds what NCP knows us by; to be called once for each attempt. */
  static void addHeaders(
      MultiMap headers, String method, String target, Instant at, Credentials credentials) {
    headers.set(TIMESTAMP, Long.toString(at.toEpochMilli()));
    headers.set(ACCESS_KEY, credentials.accessKey());
    headers.set(SIGNATURE, signature(method, target, at, credentials));
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
