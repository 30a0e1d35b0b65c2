package io.planwarden.security;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.planwarden.request.Roles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of the token file. It is strict: a misspelt {@code products} that is ignored would let a
 * caller out of its confinement.
 */
final class TokenFile {
  /** What a caller's id may be. */
  static final Pattern CALLER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}");

  /** What the id of a product is. */
  static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9]{1,10}");

  private static final int MAX_BYTES = 1024 * 1024;
  private static final Set<String> REQUIRED = Set.of("caller", "sha256", "roles");
  private static final Set<String> KNOWN = Set.of("caller", "sha256", "roles", "products");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TokenFile() {}

  /** Reads the content of a file. */
  static TokenTable parse(byte[] content) throws TokenFileException {
    if (content.length > MAX_BYTES) {
      throw new TokenFileException("it has more than 1 MiB");
    }
    JsonNode root = json(content);
    check(
        root.isObject() && root.size() == 1 && root.path("tokens").isArray(),
        "it must be an object with the one member tokens, a list");
    List<TokenEntry> entries = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    int number = 0;
    for (JsonNode node : root.path("tokens")) {
      String place = "tokens[" + number++ + "]";
      TokenEntry entry = entry(node, place);
      check(hashes.add(entry.hash().hex()), place + " has the sha256 of an entry before it");
      entries.add(entry);
    }
    return new TokenTable(entries);
  }

  private static JsonNode json(byte[] content) throws TokenFileException {
    try {
      return JSON.readTree(new String(content, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      // Its own message could repeat what stands there, and that could be a token.
      JsonLocation at = e.getLocation();
      throw new TokenFileException(
          "it is not well-formed JSON"
              + (at == null
                  ? ""
                  : ", near line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (IOException e) {
      throw new TokenFileException("it cannot be read");
    }
  }

  private static TokenEntry entry(JsonNode node, String place) throws TokenFileException {
    check(node.isObject(), place + " must be an object");
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    check(
        names.containsAll(REQUIRED) && KNOWN.containsAll(names),
        place + " must have caller, sha256 and roles, may have products, and nothing else");
    String caller = node.path("caller").asText();
    check(
        node.path("caller").isTextual()
            && CALLER.matcher(caller).matches()
            && !caller.equals("anonymous"),
        place + ".caller must be 1 to 100 of A-Z a-z 0-9 . _ : @ / -, and not anonymous");
    TokenHash hash =
        TokenHash.parse(node.path("sha256").asText())
            .orElseThrow(
                () ->
                    new TokenFileException(
                        place + ".sha256 must be 64 hexadecimal digits in lower case"));
    Set<String> roles = texts(node.path("roles"), place + ".roles");
    check(Roles.ALL.containsAll(roles), place + ".roles may have reader, editor, auditor, admin");
    Set<String> products = products(node, place);
    check(
        products == null || Roles.ofConfined(roles).containsAll(roles),
        place + " has products, which exclude the roles auditor and admin");
    return new TokenEntry(caller, hash, roles, products);
  }

  private static @Nullable Set<String> products(JsonNode node, String place)
      throws TokenFileException {
    if (!node.has("products")) {
      return null;
    }
    Set<String> products = texts(node.path("products"), place + ".products");
    check(
        products.stream().allMatch(id -> PRODUCT.matcher(id).matches()),
        place + ".products must be ids of 1 to 10 letters and digits");
    return products;
  }

  private static Set<String> texts(JsonNode list, String place) throws TokenFileException {
    Set<String> texts = new LinkedHashSet<>();
    boolean good = list.isArray() && !list.isEmpty();
    for (JsonNode item : list) {
      good &= item.isTextual() && texts.add(item.asText());
    }
    check(good, place + " must be a list of texts, at least one, none twice");
    return texts;
  }

  private static void check(boolean holds, String rule) throws TokenFileException {
    if (!holds) {
      throw new TokenFileException(rule);
    }
  }
}
