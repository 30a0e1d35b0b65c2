package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir Path folder;

  private Instant now = START;
  private final List<String> heard = new ArrayList<>();
  private final KeyEvents events =
      new KeyEvents() {
        @Override
        public void taken(KeyRing.Which which) {
          heard.add("taken " + which);
        }

        @Override
        public void unreadable(KeyRing.Which which, String reason) {
          heard.add(which + ": " + reason.replace(folder + "/", ""));
        }
      };

  @Test
  void mountedPair_isTakenAtTheNextLook() {
    MountedKeys mounted = mounted("main", "a1", "s1");
    KeyRing ring = ring(directory(mounted));
    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));

    mounted.swap("a2", "s2");
    ring.look();

    assertThat(ring.credentials()).isEqualTo(pair("a2", "s2"));
    assertThat(ring.number()).isEqualTo(1);
    assertThat(heard).containsExactly("taken MAIN");
  }

  @Test
  void refusedPair_isReplacedByWhatIsMountedNow() {
    MountedKeys mounted = mounted("main", "a1", "s1");
    KeyRing ring = ring(directory(mounted));

    assertThat(ring.replace(0)).isFalse();
    mounted.swap("a2", "s2");

    assertThat(ring.replace(0)).isTrue();
    assertThat(ring.credentials()).isEqualTo(pair("a2", "s2"));
    assertThat(ring.replace(0)).as("the one who comes late").isTrue();
    assertThat(ring.number()).isEqualTo(1);
  }

  @Test
  void looseFiles_areTakenOnceTheyHaveStood() throws IOException {
    KeyRing ring = ring(loose("a1", "s1"));

    loose("a2", "s2");
    ring.look();
    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
    pass(4_999);
    ring.look();
    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
    pass(1);
    ring.look();

    assertThat(ring.credentials()).isEqualTo(pair("a2", "s2"));
  }

  @Test
  void looseFilesWrittenOneLongAfterTheOther_areNeverMixed() throws IOException {
    KeyRing ring = ring(loose("a1", "s1"));

    assertNeverMixed(ring);
  }

  /** The files of the pair in use are exchanged, the second long after the first. */
  private void assertNeverMixed(KeyRing ring) throws IOException {
    loose("a2", "s1");
    for (int i = 0; i < 100; i++) {
      ring.look();
      pass(5_000);
      assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
    }
    loose("a2", "s2");
    ring.look();
    pass(5_000);
    ring.look();

    assertThat(ring.credentials()).isEqualTo(pair("a2", "s2"));
  }

  @Test
  void looseFilesWrittenOneLongAfterTheOther_areNotMixedBecauseOfARefusalThatPassed()
      throws IOException {
    KeyRing ring = ring(loose("a1", "s1"));
    assertThat(ring.replace(0)).isFalse();

    assertNeverMixed(ring);
  }

  @Test
  void mainPairThatIsInUseAgain_isNotMixedBecauseOfItsRefusalBefore() throws IOException {
    KeyRing ring = ring(loose("a1", "s1"), Optional.of(given("b1", "s1x")));
    assertThat(ring.replace(0)).isTrue();
    assertThat(ring.replace(1)).isTrue();
    assertThat(ring.which()).isEqualTo(KeyRing.Which.MAIN);

    loose("a2", "s1");
    for (int i = 0; i < 3; i++) {
      ring.look();
      pass(5_000);
    }

    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
  }

  @Test
  void halfOfARefusedPair_isTakenOnceItHasStood() throws IOException {
    KeyRing ring = ring(loose("a1", "s1"));
    loose("a1", "s2");
    assertThat(ring.replace(0)).isFalse();

    pass(4_999);
    assertThat(ring.replace(0)).isFalse();
    pass(1);
    assertThat(ring.replace(0)).isTrue();

    assertThat(ring.credentials()).isEqualTo(pair("a1", "s2"));
  }

  @Test
  void halfOfARefusedPair_isTakenOnceItHasStoodAlsoWhileTheFallbackIsInUse() throws IOException {
    KeyRing ring = ring(loose("a1", "wrong"), Optional.of(given("b1", "s1x")));
    assertThat(ring.replace(0)).isTrue();

    loose("a1", "s1");
    ring.look();
    pass(5_000);
    ring.look();

    assertThat(ring.which()).isEqualTo(KeyRing.Which.MAIN);
    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
  }

  @Test
  void refusedMainPair_isReplacedByTheFallbackAndBack() {
    KeyRing ring = ring(given("a1", "s1"), Optional.of(given("a2", "s2")));

    assertThat(ring.replace(0)).isTrue();
    assertThat(ring.which()).isEqualTo(KeyRing.Which.FALLBACK);
    assertThat(ring.credentials()).isEqualTo(pair("a2", "s2"));

    assertThat(ring.replace(1)).isTrue();
    assertThat(ring.which()).isEqualTo(KeyRing.Which.MAIN);
  }

  @Test
  void equalFallback_isNoOther() {
    KeyRing ring = ring(given("a1", "s1"), Optional.of(given("a1", "s1")));

    assertThat(ring.replace(0)).isFalse();
  }

  @Test
  void newMainPair_isPreferredToTheFallback() {
    MountedKeys mounted = mounted("main", "a1", "s1");
    KeyRing ring = ring(directory(mounted), Optional.of(given("a2", "s2")));
    ring.replace(0);
    ring.look();
    assertThat(ring.which()).isEqualTo(KeyRing.Which.FALLBACK);

    mounted.swap("a3", "s3");
    ring.look();

    assertThat(ring.credentials()).isEqualTo(pair("a3", "s3"));
  }

  @Test
  void newFallbackPair_isUsedOnlyIfTheFallbackIs() {
    MountedKeys spare = mounted("fallback", "b1", "s1");
    KeyRing ring = ring(given("a1", "s1x"), Optional.of(directory(spare)));
    spare.swap("b2", "s2");
    ring.look();
    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1x"));

    ring.replace(0);
    assertThat(ring.credentials()).isEqualTo(pair("b2", "s2"));
    spare.swap("b3", "s3");
    ring.look();

    assertThat(ring.credentials()).isEqualTo(pair("b3", "s3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "two keys", "two\nlines", "\u00e9", "\u0000"})
  void unusableFile_keepsTheLastGoodPairAndIsToldOnce(String content) throws IOException {
    KeyRing ring = ring(loose("a1", "s1"));

    Files.writeString(folder.resolve("s"), content);
    lookOnAndOn(ring);
    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
    assertThat(ring.replace(0)).isFalse();
    assertThat(heard).hasSize(1).allMatch(line -> line.startsWith("MAIN: The file s "));

    loose("a2", "s2");
    ring.look();
    pass(5_000);
    ring.look();
    assertThat(ring.credentials()).isEqualTo(pair("a2", "s2"));
  }

  @Test
  void accessKeyThatIsTooLong_keepsTheLastGoodPairAndIsTold() throws IOException {
    KeyRing ring = ring(loose("a1", "s1"));

    Files.writeString(folder.resolve("a"), "A".repeat(129));
    lookOnAndOn(ring);

    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
    assertThat(ring.replace(0)).isFalse();
    assertThat(heard).hasSize(1).allMatch(line -> line.startsWith("MAIN: The file a "));
  }

  @Test
  void fileThatIsGone_keepsTheLastGoodPair() throws IOException {
    KeyRing ring = ring(loose("a1", "s1"));

    Files.delete(folder.resolve("a"));
    ring.look();

    assertThat(ring.credentials()).isEqualTo(pair("a1", "s1"));
    assertThat(heard).containsExactly("MAIN: The file a does not exist.");
  }

  @Test
  void atTheStart_anUnusableFileIsNamedAndItsContentIsNot() throws IOException {
    Files.write(folder.resolve("big"), "hush-".repeat(1_000).getBytes(StandardCharsets.UTF_8));
    Files.writeString(folder.resolve("a"), "a1");

    assertThatThrownBy(() -> ring(new KeyPlace.Files(folder.resolve("a"), folder.resolve("big"))))
        .isInstanceOf(KeyFileFault.class)
        .hasMessageContaining("big is larger than 4096 bytes")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> ring(new KeyPlace.Files(folder, folder.resolve("a"))))
        .isInstanceOf(KeyFileFault.class)
        .hasMessageContaining("is no regular file");
  }

  @Test
  void age_isThatOfTheNewerFile() throws IOException {
    KeyPlace place = loose("a1", "s1");
    Files.setLastModifiedTime(folder.resolve("a"), FileTime.from(START.minusSeconds(90)));
    Files.setLastModifiedTime(folder.resolve("s"), FileTime.from(START.minusSeconds(60)));

    assertThat(ring(place).age()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void pairsExchangedWhileTheyAreRead_areNeverMixed() throws Exception {
    MountedKeys mounted = mounted("main", "key0", "secret0");
    KeyRing ring = ring(directory(mounted));
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 1; i <= 2_000; i++) {
                mounted.swap("key" + i, "secret" + i);
              }
              over.set(true);
            });
    writer.start();
    int taken = 0;
    while (!over.get()) {
      ring.look();
      Credentials seen = ring.credentials();
      String number = seen.accessKey().substring("key".length());
      assertThat(seen).isEqualTo(pair("key" + number, "secret" + number));
      taken = ring.number();
    }
    writer.join();

    ring.look();
    assertThat(ring.credentials()).isEqualTo(pair("key2000", "secret2000"));
    assertThat(taken).isPositive();
  }

  @Test
  void nothingOfIt_showsAKey() throws IOException {
    KeyPlace given = given("canaryAccess", "canarySecret");
    KeyReading reading = KeyReading.of(loose("canaryAccess", "canarySecret"));

    assertThat(
            given + " " + reading + " " + ring(given) + " " + pair("canaryAccess", "canarySecret"))
        .doesNotContain("canary");
  }

  private KeyRing ring(KeyPlace main) {
    return ring(main, Optional.empty());
  }

  private KeyRing ring(KeyPlace main, Optional<KeyPlace> fallback) {
    return new KeyRing(main, fallback, () -> now, events);
  }

  private void lookOnAndOn(KeyRing ring) {
    for (int i = 0; i < 5; i++) {
      ring.look();
      pass(5_000);
    }
  }

  private void pass(long millis) {
    now = now.plusMillis(millis);
  }

  private MountedKeys mounted(String name, String accessKey, String secretKey) {
    return new MountedKeys(folder.resolve(name), accessKey, secretKey);
  }

  private static KeyPlace directory(MountedKeys mounted) {
    return KeyPlace.directory(mounted.directory());
  }

  private KeyPlace.Files loose(String accessKey, String secretKey) throws IOException {
    Path a = Files.writeString(folder.resolve("a"), accessKey);
    Path s = Files.writeString(folder.resolve("s"), secretKey + "\n");
    return new KeyPlace.Files(a, s);
  }

  private static KeyPlace given(String accessKey, String secretKey) {
    return new KeyPlace.Given(pair(accessKey, secretKey));
  }

  private static Credentials pair(String accessKey, String secretKey) {
    return new Credentials(accessKey, new Secret(secretKey));
  }
}
