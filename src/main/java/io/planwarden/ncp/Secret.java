package io.planwarden.ncp;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret key that can sign and can be compared, and shows itself nowhere. */
public final class Secret {
  private static final String STARS = "***";
  private static final Pattern SECRET_KEY = Pattern.compile("[!-~]{1,256}");

  private final SecretKeySpec key;

  /** Takes the secret key as NCP shows it. */
  public Secret(String value) {
    // With a line end, such as a file's, every signature would be a wrong one.
    if (!isSecretKey(value)) {
      throw new IllegalArgumentException(
          "The secret key must be 1 to 256 visible ASCII characters");
    }
    key = new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), NcpSigner.ALGORITHM);
  }

  /** Whether the text may be a secret key. */
  static boolean isSecretKey(String text) {
    return SECRET_KEY.matcher(text).matches();
  }

  SecretKeySpec key() {
    return key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  @JsonValue
  public String toString() {
    return STARS;
  }
}
