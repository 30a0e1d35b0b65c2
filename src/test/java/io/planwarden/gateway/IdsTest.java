package io.planwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of ids in documents is what is checked. */
class IdsTest {
  @Test
  void form_isWhatIsValid() {
    Stream<String> lengths = IntStream.rangeClosed(0, 12).mapToObj("a"::repeat);
    Stream<String> characters = IntStream.range(0, 0x300).mapToObj(c -> "a" + (char) c);

    assertThat(Stream.concat(lengths, characters))
        .allSatisfy(id -> assertThat(Ids.isValid(id)).as(id).isEqualTo(id.matches(Ids.FORM)));
    assertThat(Ids.isValid(null)).isFalse();
  }
}
