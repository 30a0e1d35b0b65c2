package io.planwarden.ncp;

import java.util.regex.Pattern;

/**
 * The NCP key pair of a main account or a sub account ({@code ai-application-service-apigateway}).
 */
public record Credentials(String accessKey, Secret secretKey) {
  private static final Pattern ACCESS_KEY = Pattern.compile("[!-~]{1,128}");

  public Credentials {
    // It becomes a header and a line of the signed text: a line break in it would forge both.
    if (!isAccessKey(accessKey)) {
      throw new IllegalArgumentException(
          "The access key must be 1 to 128 visible ASCII characters");
    }
  }

  /** Whether the text may be an access key. */
  static boolean isAccessKey(String text) {
    return ACCESS_KEY.matcher(text).matches();
  }

  /** Whether both have the same access key, or the same secret key. */
  boolean sharesAHalfWith(Credentials other) {
    return accessKey.equals(other.accessKey) || secretKey.equals(other.secretKey);
  }

  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
