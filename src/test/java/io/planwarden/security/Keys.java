package io.planwarden.security;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key pair of an identity provider, and the tokens that are made with it, rightly or wrongly. */
public final class Keys {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String id;
  private final String algorithm;
  private final String signature;
  private final KeyPair pair;
  private final String published;

  private Keys(String id, String algorithm, String signature, KeyPair pair, String published) {
    this.id = id;
    this.algorithm = algorithm;
    this.signature = signature;
    this.pair = pair;
    this.published = published;
  }

  /** Keys for ES256. They are made at once; a pair for RS256 takes seconds in the tests' JVM. */
  public static Keys elliptic(String id) {
    KeyPair pair = pair("EC", 256);
    ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
    return new Keys(
        id,
        "ES256",
        "SHA256withECDSAinP1363Format",
        pair,
        "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\""
            .formatted(number(point.getAffineX(), 32), number(point.getAffineY(), 32)));
  }

  /** Keys for RS256, which most providers use. */
  static Keys rsa(String id) {
    KeyPair pair = pair("RSA", 2048);
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return new Keys(
        id,
        "RS256",
        "SHA256withRSA",
        pair,
        "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\""
            .formatted(number(key.getModulus(), 256), number(key.getPublicExponent(), 3)));
  }

  private static KeyPair pair(String kind, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String number(BigInteger number, int bytes) {
    byte[] written = number.toByteArray();
    byte[] fixed = new byte[bytes];
    int length = Math.min(written.length, bytes);
    System.arraycopy(written, written.length - length, fixed, bytes - length, length);
    return BASE64.encodeToString(fixed);
  }

  /** What the provider publishes. */
  public String published() {
    return "{\"keys\":[{%s,\"use\":\"sig\",\"alg\":\"%s\",\"kid\":\"%s\"}]}"
        .formatted(published, algorithm, id);
  }

  /** A token as it should be. */
  public String signed(Map<String, Object> claims) {
    String content = content(algorithm, claims);
    try {
      Signature made = Signature.getInstance(signature);
      made.initSign(pair.getPrivate());
      made.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + BASE64.encodeToString(made.sign());
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
