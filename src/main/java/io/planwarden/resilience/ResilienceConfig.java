package io.planwarden.resilience;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How NCP is treated. All numbers hold for one process. */
@ConfigMapping(prefix = "planwarden.upstream")
public interface ResilienceConfig {
  /** How many attempts are sent to NCP in any second at most; 0 is no limit. */
  @WithDefault("10")
  int rate();

  /** How many calls may wait for their turn. */
  @WithDefault("200")
  int queue();

  /** How many of them may be one caller's. */
  @WithDefault("100")
  int queuePerCaller();

  /** How many attempts may be under way at once. */
  @WithDefault("32")
  int concurrency();

  /** How long nothing is sent after NCP asked to slow down and did not say for how long. */
  @WithDefault("1s")
  Duration pause();

  /**
   * How old a read may be to be answered again without asking NCP; 0 is off. The before image of a
   * change is never taken from it.
   */
  @WithDefault("0s")
  Duration readCache();

  /** Sending again what failed. */
  Retry retry();

  /** Sparing an NCP that is down. */
  Breaking breaker();

  /** Sending again what failed. */
  interface Retry {
    /** How many times a call is sent at most. */
    @WithDefault("4")
    int attempts();

    /** Ceiling of the first pause, which is random; it doubles each time. */
    @WithDefault("200ms")
    Duration base();

    /** What the ceiling never exceeds. */
    @WithDefault("2s")
    Duration cap();

    /** How many retries per first attempt there may be within 10 s. */
    @WithDefault("0.2")
    double budget();

    /** How many retries there may be within 10 s in any case. */
    @WithDefault("10")
    int floor();
  }

  /** Sparing an NCP that is down. */
  interface Breaking {
    /** How long a result counts. */
    @WithDefault("10s")
    Duration window();

    /** How many results it takes to judge; the last five times as many are looked at. */
    @WithDefault("20")
    int calls();

    /** The share of failures from which on NCP is taken to be down. */
    @WithDefault("0.5")
    double ratio();

    /** How long nothing is sent then. */
    @WithDefault("1s")
    Duration delay();

    /** How many attempts must succeed after that, before all are sent again. */
    @WithDefault("3")
    int probes();
  }
}
