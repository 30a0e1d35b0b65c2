package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.problem.FacadeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityTagsTest {
  @Test
  void tags_areSeparatedByCommasAndAnySpaceOrEmptyMemberBetween() {
    assertThat(EntityTags.parse("If-Match", List.of(" \"a\" ,, \t, W/\"b\"", "\"c\",")))
        .hasValueSatisfying(
            tags -> assertThat(tags.tags()).containsExactly("\"a\"", "W/\"b\"", "\"c\""));
  }

  @Test
  void manySeparators_areReadWithoutRecursion() {
    assertThatThrownBy(() -> EntityTags.parse("If-Match", List.of(",".repeat(100_000))))
        .isInstanceOf(FacadeException.class);
    assertThat(EntityTags.parse("If-Match", List.of(" ,\t".repeat(100_000) + "\"a\""))).isPresent();
  }
}
