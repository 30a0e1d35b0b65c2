package io.planwarden.app;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was wrong with the answers, by kind, each kind with how often and its first example. */
final class HostileFindings {
  /** What may answer a request before it reaches an operation. */
  private static final Set<Integer> BEFORE_OPERATIONS =
      Set.of(400, 403, 404, 405, 406, 413, 414, 415, 431);

  private final URI origin;
  private final OpenApiDocument document;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, String> examples = new TreeMap<>();

  HostileFindings(URI origin, OpenApiDocument document) {
    this.origin = origin;
    this.document = document;
  }

  void check(HostileRequest request, RawConnection.Reply reply) {
    int status = reply.status();
    if (status == 0) {
      if (!request.mayGoWithoutAWord()) {
        add("no answer", request, reply);
      }
    } else if (status >= 500) {
      add("status " + status, request, reply);
    } else if (!mayAnswer(request, status)) {
      add("undeclared status " + status, request, reply);
    } else if (request.mustNotHaveAnEffect() && status < 400) {
      add("accepted", request, reply);
    }
    if (status >= 400 && !(request.mayGoWithoutAWord() && reply.body().isEmpty())) {
      document
          .faultsOfRefusal(HttpMessages.response(status, reply.headers(), reply.body()))
          .forEach(fault -> add("no problem: " + fault, request, reply));
    }
  }

  private static boolean mayAnswer(HostileRequest request, int status) {
    return BEFORE_OPERATIONS.contains(status) || request.operation().declares(status);
  }

  void reachedNcp(HostileRequest request) {
    add("NCP heard of it", request, RawConnection.Reply.NONE);
  }

  private void add(String kind, HostileRequest request, RawConnection.Reply reply) {
    String key = kind + " <- " + request.what();
    counts.merge(key, 1, Integer::sum);
    examples.putIfAbsent(
        key, "    %s%n    %s %.300s".formatted(request.curl(origin), reply.status(), reply.body()));
  }

  List<String> lines() {
    return counts.entrySet().stream()
        .map(
            each ->
                "%5d  %s%n%s"
                    .formatted(each.getValue(), each.getKey(), examples.get(each.getKey())))
        .collect(Collectors.toList());
  }
}
