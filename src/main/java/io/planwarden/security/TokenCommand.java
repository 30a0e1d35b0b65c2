package io.planwarden.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes a token: prints it, and the entry that lets its bearer in. Nothing else keeps it. */
public final class TokenCommand {
  private static final int RANDOM_BYTES = 32;
  // Lets scanners for secrets recognise a token that got where it should not be.
  private static final String PREFIX = "pw_";
  private static final String USAGE =
      """
      Usage: token new --caller ID --role ROLE... [--product ID...]

        --caller   who bears the token: 1 to 100 of A-Z a-z 0-9 . _ : @ / -
        --role     reader, editor, auditor or admin
        --product  a product that the caller is confined to; without one it is not confined
      """;

  private TokenCommand() {}

  /** Runs the command; the result is its exit code. */
  public static int run(String... arguments) {
    return run(new SecureRandom(), System.out, System.err, arguments);
  }

  static int run(Random random, PrintStream out, PrintStream err, String... arguments) {
    try {
      Map<String, List<String>> options = options(arguments);
      byte[] bytes = new byte[RANDOM_BYTES];
      random.nextBytes(bytes);
      String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      String entry = entry(options, TokenHash.of(token));
      TokenFile.parse(("{\"tokens\":[" + entry + "]}").getBytes(UTF_8));
      out.printf("Token, shown this once; it goes to the caller:%n  %s%n", token);
      out.printf("Entry for the list tokens of the token file:%n  %s%n", entry);
      return 0;
    } catch (IllegalArgumentException | TokenFileException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return 2;
    }
  }

  private static Map<String, List<String>> options(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("new")) {
      throw new IllegalArgumentException("The one thing to do is: new");
    }
    Map<String, List<String>> options = new LinkedHashMap<>();
    String option = "";
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].startsWith("--")) {
        option = arguments[i];
        options.putIfAbsent(option, new ArrayList<>());
      } else {
        options.computeIfAbsent(option, o -> new ArrayList<>()).add(arguments[i]);
      }
    }
    List<String> unknown = new ArrayList<>(options.keySet());
    unknown.removeAll(List.of("--caller", "--role", "--product"));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("Unknown option: " + unknown.get(0));
    }
    // A confinement that is lost on the way would be none.
    options.forEach(
        (name, values) -> {
          if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " has no value.");
          }
        });
    if (options.getOrDefault("--caller", List.of()).size() != 1 || !options.containsKey("--role")) {
      throw new IllegalArgumentException("It takes one --caller and at least one --role.");
    }
    return options;
  }

  private static String entry(Map<String, List<String>> options, TokenHash hash) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("caller", options.getOrDefault("--caller", List.of()).get(0));
    entry.put("sha256", hash.hex());
    entry.put("roles", options.getOrDefault("--role", List.of()));
    if (options.containsKey("--product")) {
      entry.put("products", options.get("--product"));
    }
    try {
      return new ObjectMapper().writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written", e);
    }
  }
}
