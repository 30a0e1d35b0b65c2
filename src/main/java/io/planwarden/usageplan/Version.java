package io.planwarden.usageplan;

import io.planwarden.digest.Sha256;
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
    this.tag = '"' + HexFormat.of().formatHex(Arrays.copyOf(Sha256.of(body), BYTES)) + '"';
  }

  /** Not a copy. */
  byte[] body() {
    return body;
  }

  String tag() {
    return tag;
  }
}
