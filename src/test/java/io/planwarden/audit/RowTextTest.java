package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.planwarden.request.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is written by hand is what a mapper that sorts everything writes. */
class RowTextTest {
  private static final ObjectMapper SORTING =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Random random = new Random(42);

  @Test
  void anyRow_isWrittenAsByAMapper() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      AuditRow row = row();

      assertThat(RowText.of(row)).isEqualTo(SORTING.writeValueAsString(row));
    }
  }

  @Test
  void writtenRow_isReadAsItWas() {
    for (int i = 0; i < 200; i++) {
      String text = RowText.of(row());

      assertThat(RowText.of(Canonical.parse(text, "").hashed(null))).isEqualTo(text);
    }
  }

  @Test
  void valueThatIsNoJson_isRefused() {
    AuditRow row = AuditRowBuilder.builder(row()).target(Map.of("stage", new Object())).build();

    assertThatThrownBy(() -> RowText.of(row)).isInstanceOf(IllegalStateException.class);
  }

  private AuditRow row() {
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
      members.put(text(), value());
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
