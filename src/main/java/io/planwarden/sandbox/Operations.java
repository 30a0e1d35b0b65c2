package io.planwarden.sandbox;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

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

  private Operations() {}

  /** Hands the operation of a request, and the ids its path names, to {@code then}. */
  static <T> T dispatch(Request request, BiFunction<Operation, Map<String, String>, T> then) {
    List<String> path = Operation.segments(request.path());
    for (Operation operation : TABLE) {
      Map<String, String> named = operation.match(request.method(), path);
      if (named != null) {
        return then.apply(operation, named);
      }
    }
    throw new Refusal(RefusalCode.NO_SUCH_PATH);
  }
}
