package io.planwarden.audit;

import io.planwarden.request.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Rows with anything in them that a row may have. */
final class RandomRows {
  private static final List<String> IDS = List.of("usagePlanId", "stageId", "apiKeyId");

  private final Random random;

  RandomRows(long seed) {
    random = new Random(seed);
  }

  AuditRow next() {
    return AuditRowBuilder.builder()
        .seq(maybe(random::nextLong))
        .at(maybe(this::time))
        .phase(Phase.values()[random.nextInt(Phase.values().length)])
        .operationId(text())
        .parentOperationId(maybe(this::text))
        .requestId(maybe(this::text))
        .caller(new Caller(text(), text(), random.nextBoolean(), maybe(this::text), Set.of(), null))
        .action(text())
        .target(members())
        .reason(maybe(this::text))
        .request(maybe(this::members))
        .before(maybe(this::members))
        .after(maybe(this::members))
        .changed(maybe(this::names))
        .unread(maybe(this::names))
        .changedOutside(maybe(this::names))
        .outcome(maybe(() -> Outcome.values()[random.nextInt(Outcome.values().length)]))
        .upstream(maybe(this::upstream))
        .detail(maybe(this::text))
        .closed(maybe(random::nextBoolean))
        .deadline(maybe(this::time))
        .mayLandUntil(maybe(this::time))
        .prevHash(maybe(this::text))
        .build();
  }

  private Upstream upstream() {
    return new Upstream(
        maybe(random::nextInt), maybe(this::text), random.nextInt(), maybe(random::nextLong));
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new HashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      members.put(random.nextBoolean() ? text() : IDS.get(random.nextInt(IDS.size())), value());
    }
    return members;
  }

  private Object value() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2 -> random.nextBoolean();
      case 3 -> names();
      case 4 -> members();
      default -> maybe(this::text);
    };
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      names.add(text());
    }
    return names;
  }

  private Instant time() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1000) * 1_000_000L);
  }

  /** Also what JSON escapes, and what is more than one char. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int code = random.nextInt(4) == 0 ? random.nextInt(0x11_0000) : random.nextInt(0x80);
      text.appendCodePoint(code >= 0xD800 && code < 0xE000 ? '?' : code);
    }
    return text.toString();
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
