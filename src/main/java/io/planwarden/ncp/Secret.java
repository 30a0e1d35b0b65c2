package io.planwarden.ncp;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret key that can sign and can be compared, and shows itself nowhere. */
public final class Secret {
  private static final String STARS = "***";

  private final SecretKeySpec key;

  /** Takes the secret key as NCP shows it. */
  public Secret(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The secret key must not be blank");
    }
    key = new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), NcpSigner.ALGORITHM);
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
