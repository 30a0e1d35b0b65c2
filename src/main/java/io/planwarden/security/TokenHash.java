package io.planwarden.security;

import io.planwarden.digest.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a token, which is all that is kept of it. A slow hash would protect secrets that
 * can be guessed; of 256 random bits nobody guesses any.
 */
final class TokenHash {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final byte[] bytes;

  private TokenHash(byte[] bytes) {
    this.bytes = bytes;
  }

  static TokenHash of(String token) {
    return new TokenHash(Sha256.of(token));
  }

  /** Reads 64 lower-case hexadecimal digits; empty if it is something else. */
  static Optional<TokenHash> parse(String hex) {
    return HEX.matcher(hex).matches()
        ? Optional.of(new TokenHash(HexFormat.of().parseHex(hex)))
        : Optional.empty();
  }

  /** Whether both are the same; takes as long where they differ early as where they differ late. */
  boolean matches(TokenHash other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String toString() {
    return "sha256";
  }
}
