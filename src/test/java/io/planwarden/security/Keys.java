package io.planwarden.security;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key pair of an identity provider, and the tokens that are made with it, rightly or wrongly. */
public final class Keys {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String id;
  private final KeyPair pair;

  public Keys(String id) {
    this.id = id;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the provider publishes. */
  public String published() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(
            id,
            BASE64.encodeToString(unsigned(key.getModulus().toByteArray())),
            BASE64.encodeToString(unsigned(key.getPublicExponent().toByteArray())));
  }

  private static byte[] unsigned(byte[] bytes) {
    return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  /** A token as it should be. */
  public String signed(Map<String, Object> claims) {
    String content = content("RS256", claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token that says it needs no signature. */
  String unsigned(Map<String, Object> claims) {
    return content("none", claims) + ".";
  }

  /** A token whose secret is what everybody knows: the public key, in one of its forms. */
  String confused(Map<String, Object> claims, byte[] publicKey) {
    String content = content("HS256", claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
      return content
          + "."
          + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] encoded() {
    return pair.getPublic().getEncoded();
  }

  byte[] pem() {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String content(String algorithm, Map<String, Object> claims) {
    Map<String, Object> header = new TreeMap<>();
    header.put("alg", algorithm);
    header.put("typ", "JWT");
    header.put("kid", id);
    return part(header) + "." + part(claims);
  }

  private static String part(Map<String, Object> members) {
    return BASE64.encodeToString(new JsonObject(members).encode().getBytes(StandardCharsets.UTF_8));
  }
}
