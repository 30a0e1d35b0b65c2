package io.planwarden.sandbox;

/** All that a sandbox remembers; touched by its event loop only. */
final class World {

  private History history = new History(Seed.state());
  private Ledger ledger = new Ledger();
  private Calls calls = new Calls();
  private Switches switches = Switches.DEFAULTS;

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

  void set(Switches changed) {
    switches = changed;
  }

  void reset() {
    history = new History(Seed.state());
    ledger = new Ledger();
    calls = new Calls();
    switches = Switches.DEFAULTS;
  }
}
