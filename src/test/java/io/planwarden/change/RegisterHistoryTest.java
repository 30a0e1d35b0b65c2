package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The judge of histories, judged. */
class RegisterHistoryTest {
  private final RegisterHistory history = new RegisterHistory("a");

  @Test
  void oneAfterTheOther_isExplained() {
    history.read("a", 1, 2);
    history.write("b", 3, 4);
    history.read("b", 5, 6);

    assertThat(history.violation()).isEmpty();
  }

  @Test
  void readDuringAWrite_maySeeEither() {
    history.write("b", 3, 9);
    history.read("b", 4, 5);
    history.read("b", 6, 7);

    assertThat(history.violation()).isEmpty();
  }

  @Test
  void readThatGoesBack_isFound() {
    history.write("b", 3, 9);
    history.read("b", 4, 5);
    history.read("a", 6, 7);

    assertThat(history.violation()).isPresent();
  }

  @Test
  void staleRead_isFound() {
    history.write("b", 3, 4);
    history.read("a", 5, 6);

    assertThat(history.violation()).isPresent();
  }

  @Test
  void lostWrite_isFound() {
    history.write("b", 3, 4);
    history.write("c", 5, 6);
    history.read("b", 7, 8);

    assertThat(history.violation()).isPresent();
  }

  @Test
  void readOfWhatIsWrittenLater_isFound() {
    history.read("b", 1, 2);
    history.write("b", 3, 4);

    assertThat(history.violation()).isPresent();
  }

  @Test
  void writeOfUnknownEnd_mayHaveHappenedAnyTimeOrNever() {
    history.writeOfUnknownEnd("b", 3);
    history.writeOfUnknownEnd("never", 3);
    history.read("a", 5, 6);
    history.read("b", 7, 8);

    assertThat(history.violation()).isEmpty();

    history.read("a", 9, 10);
    assertThat(history.violation()).isPresent();
  }
}
