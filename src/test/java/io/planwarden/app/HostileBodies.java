package io.planwarden.app;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.planwarden.app.HostileRequest.Fate;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Bodies made from a valid one by spoiling it in one place. */
final class HostileBodies {
  /** A spoiled body. */
  record Spoiled(String what, byte[] bytes, Fate fate) {}

  private static final String MARK = "\"@@\"";
  private static final int TOO_LARGE = 64 * 1024 + 1;

  private final OpenApiOperation operation;
  private final Random random;
  private final HostileText text;
  private final List<Map.Entry<String, Schema<?>>> members = new ArrayList<>();

  HostileBodies(OpenApiOperation operation, Random random) {
    this.operation = operation;
    this.random = random;
    this.text = new HostileText(random);
    operation.body().getProperties().forEach((name, each) -> members.add(Map.entry(name, each)));
  }

  Spoiled next() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> wrongType();
      case 2 -> missing();
      case 3 -> surplus();
      case 4, 5 -> boundary();
      case 6, 7 -> string();
      case 8 -> syntax();
      default -> whole();
    };
  }

  private Spoiled wrongType() {
    var member = text.one(members);
    List<String> values =
        switch (String.valueOf(member.getValue().getType())) {
          case "integer" -> List.of("\"5\"", "1.5", "true", "[5]", "{}", "\"\"", "[]", "5e-1");
          case "boolean" -> List.of("\"true\"", "0", "1", "[]", "{}");
          default -> List.of("5", "true", "[\"a\"]", "{}", "[]", "1.5");
        };
    return member("wrong type", member.getKey(), text.one(values), Fate.REFUSED);
  }

  private Spoiled missing() {
    List<String> required = operation.body().getRequired();
    if (required == null || random.nextInt(3) == 0) {
      String name = text.one(members).getKey();
      boolean needed = required != null && required.contains(name);
      return member("null", name, "null", needed ? Fate.REFUSED : Fate.ANYTHING);
    }
    ObjectNode tree = tree();
    tree.remove(text.one(required));
    return spoiled("missing member", tree.toString(), Fate.REFUSED);
  }

  private Spoiled surplus() {
    if (random.nextBoolean()) {
      String name = text.one(members).getKey();
      String twin = "{\"%s\":%s,".formatted(name, tree().path(name).toString());
      return spoiled("duplicate member", twin + tree().toString().substring(1), Fate.REFUSED);
    }
    boolean closed = Boolean.FALSE.equals(operation.body().getAdditionalProperties());
    String name =
        text.one(
            List.of("id", "", "__proto__", "usageplanname", "usagePlanName ", "class", "\u0000"));
    ObjectNode tree = tree().put(name, "x");
    return spoiled("extra member", tree.toString(), closed ? Fate.REFUSED : Fate.ANYTHING);
  }

  private Spoiled boundary() {
    List<Map.Entry<String, Schema<?>>> numbers =
        members.stream().filter(each -> "integer".equals(each.getValue().getType())).toList();
    if (numbers.isEmpty()) {
      return string();
    }
    var member = text.one(numbers);
    BigDecimal min = member.getValue().getMinimum();
    BigDecimal max = member.getValue().getMaximum();
    List<String> beyond =
        new ArrayList<>(List.of("1e400", "-1e400", "1" + "0".repeat(400), "NaN", "Infinity", "-"));
    beyond.addAll(List.of("01", "+1", "0x1", "1.", ".5", "1e", "1_000", "9".repeat(5_000)));
    List<String> within = new ArrayList<>(List.of("1.0", "1e0", "10e-1"));
    if (min != null) {
      beyond.addAll(
          List.of(
              min.subtract(BigDecimal.ONE).toPlainString(),
              "-0",
              Long.toString(Long.MIN_VALUE),
              Integer.toString(Integer.MIN_VALUE)));
      within.add(min.toPlainString());
    }
    if (max != null) {
      beyond.add(max.add(BigDecimal.ONE).toPlainString());
      beyond.add(new BigDecimal(Long.MAX_VALUE).add(BigDecimal.ONE).toPlainString());
      within.add(max.toPlainString());
    }
    return random.nextInt(8) == 0
        ? member("number on the edge", member.getKey(), text.one(within), Fate.ANYTHING)
        : member("number beyond the edge", member.getKey(), text.one(beyond), Fate.REFUSED);
  }

  private Spoiled string() {
    List<Map.Entry<String, Schema<?>>> strings =
        members.stream().filter(each -> "string".equals(each.getValue().getType())).toList();
    var member = text.one(strings);
    Integer max = member.getValue().getMaxLength();
    return switch (random.nextInt(5)) {
      case 0 -> member("deceptive text", member.getKey(), text.deceptive(), Fate.REFUSED);
      case 1 -> member("undecodable text", member.getKey(), text.undecodable(), Fate.REFUSED);
      case 2 -> {
        int length = (max == null ? 51 : max + 1) + random.nextInt(3) * 5_000;
        yield member(
            "long text", member.getKey(), quoted("\ud83d\ude00".repeat(length)), Fate.REFUSED);
      }
      case 3 -> {
        String value = text.one(List.of("\"\\x\"", "'a'", "a", "\"\\u12\"", "\"a", "undefined"));
        yield member("broken text", member.getKey(), value, Fate.REFUSED);
      }
      default ->
          member(
              "noise",
              member.getKey(),
              Json.mapper().valueToTree(text.noise(20)).toString(),
              Fate.ANYTHING);
    };
  }

  private Spoiled syntax() {
    String valid = operation.bodyExample();
    byte[] bytes = valid.getBytes(UTF_8);
    return switch (random.nextInt(5)) {
      case 0 ->
          new Spoiled(
              "truncated",
              Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1)),
              Fate.REFUSED);
      case 1 -> {
        String tail = text.one(List.of("x", "{}", valid, "]", "}", ",", "//", "\u0000", "null"));
        yield spoiled(
            "trailing " + (tail.length() < 3 ? tail : "JSON"), valid + tail, Fate.REFUSED);
      }
      case 2 -> spoiled("trailing comma", valid.replaceFirst("}$", ",}"), Fate.REFUSED);
      case 3 -> spoiled("comment", "/* */" + valid, Fate.REFUSED);
      default -> {
        List<String> names = new ArrayList<>();
        tree().fieldNames().forEachRemaining(names::add);
        String name = text.one(names);
        yield spoiled("bare name", valid.replace(quoted(name), name), Fate.REFUSED);
      }
    };
  }

  private Spoiled whole() {
    String valid = operation.bodyExample();
    return switch (random.nextInt(7)) {
      case 0 -> {
        String other =
            text.one(List.of("null", "[]", "\"x\"", "5", "true", "", " ", "[" + valid + "]"));
        yield spoiled("no object", other, Fate.REFUSED);
      }
      case 1 -> {
        int depth = 10 << random.nextInt(11);
        String nested = "[".repeat(depth) + (random.nextBoolean() ? "]".repeat(depth) : "");
        yield random.nextBoolean()
            ? spoiled("deep nesting", nested, Fate.REFUSED)
            : member("deep nesting", text.one(members).getKey(), nested, Fate.REFUSED);
      }
      case 2 -> spoiled("byte order mark", "\ufeff" + valid, Fate.ANYTHING);
      case 3 -> new Spoiled("UTF-16", valid.getBytes(UTF_16), Fate.ANYTHING);
      case 4 -> {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        yield new Spoiled("noise", noise, Fate.REFUSED);
      }
      case 5 -> spoiled("huge by space", " ".repeat(TOO_LARGE) + valid, Fate.REFUSED);
      default -> {
        String huge = quoted("x".repeat(TOO_LARGE << random.nextInt(3)));
        yield member("huge text", text.one(members).getKey(), huge, Fate.REFUSED);
      }
    };
  }

  private Spoiled member(String what, String name, String json, Fate fate) {
    return member(what, name, json.getBytes(UTF_8), fate);
  }

  private Spoiled member(String what, String name, byte[] json, Fate fate) {
    String[] around = tree().put(name, "@@").toString().split(MARK, 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(around[0].getBytes(UTF_8));
    bytes.writeBytes(json);
    bytes.writeBytes(around[1].getBytes(UTF_8));
    return new Spoiled(what, bytes.toByteArray(), fate);
  }

  private static Spoiled spoiled(String what, String json, Fate fate) {
    return new Spoiled(what, json.getBytes(UTF_8), fate);
  }

  private static String quoted(String plain) {
    return '"' + plain + '"';
  }

  private ObjectNode tree() {
    try {
      return (ObjectNode) Json.mapper().readTree(operation.bodyExample());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
