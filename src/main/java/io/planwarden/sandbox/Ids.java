package io.planwarden.sandbox;

import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** New ids in the form NCP's have in all examples: ten lower-case alphanumerics. */
record Ids(RandomGenerator random) {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 10;

  String next(Predicate<String> taken) {
    String id = draw();
    while (taken.test(id)) {
      id = draw();
    }
    return id;
  }

  private String draw() {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
