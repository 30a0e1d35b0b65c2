package io.planwarden.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands behind a command: files, and options with their values. */
record Arguments(List<Path> files, Map<String, String> options) {
  private static final Set<String> FLAGS = Set.of("--log");

  static Arguments of(List<String> words) {
    List<Path> files = new ArrayList<>();
    Map<String, String> options = new HashMap<>();
    for (var word = words.iterator(); word.hasNext(); ) {
      String name = word.next();
      if (!name.startsWith("--")) {
        files.add(Path.of(name));
      } else if (FLAGS.contains(name)) {
        options.put(name, "");
      } else if (word.hasNext()) {
        options.put(name, word.next());
      } else {
        throw new IllegalArgumentException(name + " needs a value");
      }
    }
    return new Arguments(files, options);
  }

  /** Refuses options that the command does not know, and a wrong number of files. */
  Arguments allow(int fewest, int most, String... known) {
    for (String name : options.keySet()) {
      if (!List.of(known).contains(name)) {
        throw new IllegalArgumentException("unknown option " + name);
      }
    }
    if (files.size() < fewest || files.size() > most) {
      throw new IllegalArgumentException("wrong number of files: " + files.size());
    }
    return this;
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** Whether the option is there, with a value or without. */
  boolean has(String name) {
    return options.containsKey(name);
  }

  Optional<Anchor> anchor(String name) {
    return option(name)
        .map(
            text ->
                Anchor.parse(text)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(name + " must be SEQ:HASH, was " + text)));
  }
}
