package io.planwarden.bench;

/**
 * One thing that is measured.
 *
 * @param floor the name of the case that this is compared with, empty if it is a floor itself
 */
record Case(String name, Peer peer, Traffic traffic, String floor) {
  /** How many plans there are. */
  static final long PLANS = 2000;

  static Traffic put() {
    return new Traffic("PUT", false, "", 1, PLANS);
  }

  static Traffic get() {
    return new Traffic("GET", false, "", 1, PLANS);
  }

  /** Asks for no more plans than the application's cache holds. */
  static Traffic getFew() {
    return new Traffic("GET", false, "", 1, 500);
  }

  /** Asks for one plan, of which it has this version. */
  static Traffic known(String tag) {
    return new Traffic("GET", false, tag, 0, 1);
  }
}
