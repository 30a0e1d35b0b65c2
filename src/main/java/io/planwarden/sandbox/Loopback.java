package io.planwarden.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Tells loopback hosts from others without asking a name server, which could be made to lie. */
final class Loopback {

  private static final Pattern HOST =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|(0:){7}1");

  private Loopback() {}

  /** Whether a host name or address is a loopback one; IPv6 with or without brackets and zone. */
  static boolean is(String host) {
    String bare = host.startsWith("[") && host.endsWith("]") ? unbracketed(host) : host;
    int zone = bare.indexOf('%');
    return HOST.matcher(zone < 0 ? bare : bare.substring(0, zone)).matches();
  }

  /** Whether an origin as browsers send it, such as {@code http://localhost:8080}, is loopback. */
  static boolean isOrigin(String origin) {
    try {
      String host = new URI(origin).getHost();
      return host != null && is(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String unbracketed(String host) {
    return host.substring(1, host.length() - 1);
  }
}
