package io.planwarden.app;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which addresses only this machine can reach; told from the text, so that nothing is resolved. */
final class Loopback {
  private static final Pattern IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private Loopback() {}

  /** Whether a host, as configuration and URLs write it, is this machine's own loopback. */
  static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || IPV4.matcher(name).matches();
  }
}
