package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.ListenerNotFoundException;
import org.junit.jupiter.api.Test;

class OldGenerationTest {
  private static final long MIB = 1 << 20;

  @Test
  void threshold_isTwiceWhatLives() {
    assertThat(OldGeneration.threshold(100 * MIB, 400 * MIB)).isEqualTo(200 * MIB);
  }

  @Test
  void littleThatLives_isNotCollectedAgainAndAgain() {
    assertThat(OldGeneration.threshold(MIB, 400 * MIB)).isEqualTo(OldGeneration.LEAST);
  }

  @Test
  void heapThatIsHalfFull_isCollectedWhenHalfOfTheRestIsTaken() {
    assertThat(OldGeneration.threshold(300 * MIB, 400 * MIB)).isEqualTo(350 * MIB);
  }

  @Test
  void heapWithoutRoomForThat_isLeftToTheCollector() {
    assertThat(OldGeneration.threshold(MIB, 40 * MIB)).isZero();
  }

  @Test
  void garbageThatIsOld_isCollectedLongBeforeTheHeapIsFull() throws Exception {
    assertThat(mostOldMib("watched")).isLessThan(150);
    assertThat(mostOldMib("not")).isGreaterThan(300);
    assertThat(mostOldMib("left")).isGreaterThan(300);
  }

  /** In a JVM of its own, with a collector that does not depend on the machine. */
  private static long mostOldMib(String mode) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xmn8m",
                "-cp",
                System.getProperty("java.class.path"),
                Ageing.class.getName(),
                mode)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return Long.parseLong(printed);
  }

  /** Makes garbage of what has become old, and prints how full the old generation was at most. */
  static final class Ageing {
    private static final int BLOCK = 4096;
    private static final int LIVING = (int) (16 * MIB / BLOCK);
    private static final int ALL = (int) (2_000 * MIB / BLOCK);
    private static final int MOST_YIELDS = 5_000_000;

    private final MemoryPoolMXBean old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Tenured Gen"))
            .findFirst()
            .orElseThrow();
    private int yields;

    public static void main(String[] arguments) throws ListenerNotFoundException {
      OldGeneration old = new OldGeneration();
      if (!arguments[0].equals("not")) {
        old.watch(new StartupEvent());
      }
      if (arguments[0].equals("left")) {
        old.leave(new ShutdownEvent());
      }
      System.out.println(new Ageing().most(arguments[0].equals("watched")));
    }

    private long most(boolean watched) {
      byte[][] living = new byte[LIVING][];
      for (int i = 0; i < ALL; i++) {
        living[i % LIVING] = new byte[BLOCK];
        if (watched) {
          giveWay();
        }
      }
      return old.getPeakUsage().getUsed() / MIB;
    }

    /** The JVM tells of what is exceeded on a thread of its own, which a busy machine runs late. */
    private void giveWay() {
      while (yields < MOST_YIELDS && isExceededByFar()) {
        yields++;
        Thread.yield();
      }
    }

    private boolean isExceededByFar() {
      return old.getUsage().getUsed() > 2 * OldGeneration.LEAST;
    }
  }
}
