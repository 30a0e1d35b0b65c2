package io.planwarden.sandbox;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of all simulated operations. */
final class Operations {

  // The order decides where a word of one path could be an id in another.
  private static final List<Operation> TABLE =
      Stream.of(
              Plans.operations(),
              Stages.operations(),
              Attachments.operations(),
              Products.operations(),
              Keys.operations())
          .flatMap(List::stream)
          .toList();

  /** The operation that a request asks for, and the ids its path names. */
  record Found(Operation operation, Map<String, String> named) {}

  private Operations() {}

  static @Nullable Found find(Request request) {
    List<String> path = Operation.segments(request.path());
    for (Operation operation : TABLE) {
      Map<String, String> named = operation.match(request.method(), path);
      if (named != null) {
        return new Found(operation, named);
      }
    }
    return null;
  }

  /** The kinds of operations there are. */
  static List<String> kinds() {
    return TABLE.stream().map(Operation::kind).distinct().sorted().toList();
  }
}
