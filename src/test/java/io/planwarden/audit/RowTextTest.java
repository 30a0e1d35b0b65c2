package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written by hand is what a mapper that sorts everything writes. */
class RowTextTest {
  private static final ObjectMapper SORTING =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final RandomRows rows = new RandomRows(42);

  @Test
  void anyRow_isWrittenAsByAMapper() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      AuditRow row = rows.next();

      assertThat(RowText.of(row)).isEqualTo(SORTING.writeValueAsString(row));
    }
  }

  @Test
  void writtenRow_isReadAsItWas() {
    for (int i = 0; i < 200; i++) {
      String text = RowText.of(rows.next().linked(i, Instant.EPOCH.plusMillis(i), "before"));

      assertThat(RowText.of(Canonical.parse(text, "").orElseThrow().hashed(null))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "null", "[]", "5", "{}", "{\"phase\":\"dance\"}"})
  void textThatIsNoRow_isNotReadAsOne(String text) {
    assertThat(Canonical.parse(text, "")).isEmpty();
    assertThat(Term.inRow(text)).isEmpty();
  }

  @Test
  void valueThatIsNoJson_isRefused() {
    AuditRow row =
        AuditRowBuilder.builder(rows.next()).target(Map.of("stage", new Object())).build();

    assertThatThrownBy(() -> RowText.of(row)).isInstanceOf(IllegalStateException.class);
  }
}
