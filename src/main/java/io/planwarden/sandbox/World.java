package io.planwarden.sandbox;

import java.time.Duration;

/** All that a sandbox remembers; touched by its event loop only. */
final class World {

  private final Credentials original;
  private History history;
  private Ledger ledger;
  private Calls calls;
  private Switches switches;
  private Rules rules;
  private Credentials credentials;
  private Duration skew;

  World(Credentials original) {
    this.original = original;
    history = new History(Seed.state());
    ledger = new Ledger();
    calls = new Calls();
    switches = Switches.DEFAULTS;
    rules = Rules.NONE;
    credentials = original;
    skew = Duration.ZERO;
  }

  History history() {
    return history;
  }

  Ledger ledger() {
    return ledger;
  }

  Calls calls() {
    return calls;
  }

  Switches switches() {
    return switches;
  }

  Rules rules() {
    return rules;
  }

  Credentials credentials() {
    return credentials;
  }

  /** How far the clock that callers get to see is ahead. */
  Duration skew() {
    return skew;
  }

  void set(Switches changed) {
    switches = changed;
  }

  void set(Rules changed) {
    rules = changed;
  }

  void set(Credentials changed) {
    credentials = changed;
  }

  void set(Duration newSkew) {
    skew = newSkew;
  }

  /** As at the start; what is still under way takes effect in what was before, thus nowhere. */
  void reset() {
    history = new History(Seed.state());
    ledger = new Ledger();
    calls = new Calls();
    switches = Switches.DEFAULTS;
    rules = Rules.NONE;
    credentials = original;
    skew = Duration.ZERO;
  }
}
