package io.planwarden.usageplan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A representation that is written: its bytes as they are sent, and its strong entity tag. */
final class Version {
  private static final int BYTES = 16;

  private final byte[] body;
  private final String tag;

  /** The tag is the beginning of the SHA-256 of the bytes, which are not to be changed. */
  Version(byte[] body) {
    this.body = body;
    this.tag = '"' + HexFormat.of().formatHex(Arrays.copyOf(sha256(body), BYTES)) + '"';
  }

  /** Not a copy. */
  byte[] body() {
    return body;
  }

  String tag() {
    return tag;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
