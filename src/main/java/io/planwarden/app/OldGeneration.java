package io.planwarden.app;

import static java.lang.management.MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Has the old generation collected when half of it may be garbage. The serial collector does so
 * only when nothing is left of what {@code -Xmx} allows; until then each page that it fills stays
 * with the process. Other collectors look after themselves and are left alone.
 */
@Singleton
class OldGeneration {
  private static final String OF_THE_SERIAL_COLLECTOR = "Tenured Gen";
  private static final long MIB = 1 << 20;

  /** Twice what lives for long without a large catalog; a collection is not worth it before. */
  static final long LEAST = 40 * MIB;

  private volatile @Nullable NotificationListener listener;

  void watch(@Observes StartupEvent event) {
    ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(each -> each.getName().equals(OF_THE_SERIAL_COLLECTOR))
        .forEach(this::watch);
  }

  void leave(@Observes ShutdownEvent event) throws ListenerNotFoundException {
    NotificationListener known = listener;
    if (known != null) {
      memory().removeNotificationListener(known);
    }
  }

  private void watch(MemoryPoolMXBean old) {
    NotificationListener collecting = (event, nothing) -> collect(old);
    memory().addNotificationListener(collecting, OldGeneration::isOverThreshold, null);
    listener = collecting;
    // What it holds now is mostly garbage of the start.
    old.setUsageThreshold(threshold(0, old.getUsage().getMax()));
  }

  private static void collect(MemoryPoolMXBean old) {
    System.gc();
    MemoryUsage left = old.getUsage();
    old.setUsageThreshold(threshold(left.getUsed(), left.getMax()));
  }

  /**
   * From how many bytes on it is collected, given how many live and how many there may be: when
   * they have doubled, or half of the room that is left is taken. 0, which is never, in a heap that
   * is so small that the collector itself is as soon.
   */
  static long threshold(long live, long most) {
    long threshold = Math.max(LEAST, Math.min(2 * live, (live + most) / 2));
    return threshold < most ? threshold : 0;
  }

  // No other pool has a threshold.
  private static boolean isOverThreshold(Notification event) {
    return event.getType().equals(MEMORY_THRESHOLD_EXCEEDED);
  }

  private static NotificationEmitter memory() {
    return (NotificationEmitter) ManagementFactory.getMemoryMXBean();
  }
}
