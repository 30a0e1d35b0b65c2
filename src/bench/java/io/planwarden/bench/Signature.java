package io.planwarden.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** NCP's signature, version 2, written a second time: what checks ours must not be ours. */
final class Signature {
  static final String TIMESTAMP = "x-ncp-apigw-timestamp";
  static final String ACCESS_KEY = "x-ncp-iam-access-key";
  static final String SIGNATURE = "x-ncp-apigw-signature-v2";
  static final String KEY = "benchaccesskey000001";
  static final String SECRET = "benchsecretkey00000000000000000000000001";

  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(Signature::mac);

  private Signature() {}

  static String of(String method, String target, String timestamp) {
    String signed = method + " " + target + "\n" + timestamp + "\n" + KEY;
    byte[] code = MAC.get().doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(code);
  }

  private static Mac mac() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
