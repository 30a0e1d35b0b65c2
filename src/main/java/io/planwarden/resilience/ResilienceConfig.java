package io.planwarden.resilience;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How NCP is treated. The rate is that of all replicas together where they share a store; all other
 * numbers hold for one process.
 */
@ConfigMapping(prefix = "planwarden.upstream")
public interface ResilienceConfig {
  /** How many attempts are sent to NCP in any second at most; 0 is no limit. */
  @WithDefault("10")
  int rate();

  /** How many calls may wait for their turn. */
  @WithDefault("200")
  int queue();

  /** How many of the calls that wait may be one caller's. */
  @WithDefault("100")
  int queuePerCaller();

  /** How many attempts may be under way at once. */
  @WithDefault("32")
  int concurrency();

  /** How long nothing is sent after a 429 of NCP that does not say for how long. */
  @WithDefault("1s")
  Duration pause();

  /**
   * How old a read may be to be answered again without asking NCP; 0 is off. A plan that is
   * answered so has an {@code Age}. The before image of a change is never taken from it.
   */
  @WithDefault("0s")
  Duration readCache();

  /** Sending again what failed; the budget bounds how much of it there is. */
  Retry retry();

  /** Sparing an NCP that is down: for a while, nothing is sent to it. */
  Breaking breaker();

  /** Sending again what failed. */
  interface Retry {
    /** How many times a call is sent at most, the first time included. */
    @WithDefault("4")
    int attempts();

    /** Ceiling of the first pause, which is random; it grows fourfold each time. */
    @WithDefault("25ms")
    Duration base();

    /** What the ceiling of a pause never exceeds. */
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
    /** How long the result of an attempt counts. */
    @WithDefault("10s")
    Duration window();

    /**
     * How many results it takes to judge, and how many failures in a row are enough whatever was
     * before. At most the latest 5 × this many results are looked at.
     */
    @WithDefault("20")
    int calls();

    /** The share of failures from which on NCP is taken to be down. */
    @WithDefault("0.5")
    double ratio();

    /** How long nothing is sent to an NCP that is taken to be down. */
    @WithDefault("1s")
    Duration delay();

    /**
     * How many attempts must succeed after that delay, before all are sent again. The first goes
     * alone, for as long as the delay.
     */
    @WithDefault("3")
    int probes();
  }
}
