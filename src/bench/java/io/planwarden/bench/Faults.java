package io.planwarden.bench;

import java.io.IOException;
import java.util.List;

/** What becomes of edits while NCP is bad, gone, or takes fewer than are asked for. */
final class Faults {
  private static final double RATE = 500;
  private static final double SHARE = 0.05;
  private static final int CONNECTIONS = 64;
  // That of the breaker.
  private static final double DELAY_SECONDS = 1;

  private final Options options;
  private final Peer stub;
  private final List<Case> cases;
  private long fresh = 1_000_000;

  /** Of the cases, edits by the application count. */
  Faults(Options options, Peer stub, List<Case> cases) {
    this.options = options;
    this.stub = stub;
    this.cases =
        cases.stream()
            .filter(each -> !each.floor().isEmpty() && each.traffic().method().equals("PUT"))
            .toList();
  }

  /** How many calls the stub had, and how many of them it answered 429. */
  private record Calls(long all, long throttled) {
    Calls since(Calls before) {
      return new Calls(all - before.all, throttled - before.throttled);
    }
  }

  /** Some calls are answered 503, and some not at all. */
  void some() throws IOException, InterruptedException {
    System.out.printf(
        "%n%.0f edits a second, of the calls %.0f %% answered 503 and %.0f %% not at all%n%n"
            + "| case | good | calls per edit | p50 ms | p99 | p99.9 |%n"
            + "| --- | --- | --- | --- | --- | --- |%n",
        RATE, SHARE * 100, SHARE * 100);
    for (Case each : cases) {
      stub.post("/behave?unavailable=" + SHARE + "&reset=" + SHARE);
      Calls before = calls();
      Load.Result result = edits(each, options.seconds());
      Calls calls = calls().since(before);
      stub.post("/behave");
      System.out.printf(
          "| %s | %s | %.3f | %.2f | %.2f | %.2f |%n",
          each.name(),
          good(result),
          calls.all() / offered(result),
          result.millis(50),
          result.millis(99),
          result.millis(99.9));
    }
  }

  /** All calls are answered 503, and then none any more. */
  void all() throws IOException, InterruptedException {
    System.out.printf(
        "%n%.0f edits a second, all calls answered 503; good from %.0f s after that%n%n"
            + "| case | good | calls per edit | p50 ms | p99 | good afterwards |%n"
            + "| --- | --- | --- | --- | --- | --- |%n",
        RATE, DELAY_SECONDS);
    for (Case each : cases) {
      stub.post("/behave?unavailable=1");
      Calls before = calls();
      Load.Result down = edits(each, options.seconds());
      Calls calls = calls().since(before);
      stub.post("/behave");
      edits(each, DELAY_SECONDS);
      Load.Result healed = edits(each, options.seconds());
      System.out.printf(
          "| %s | %s | %.3f | %.2f | %.2f | %s |%n",
          each.name(),
          good(down),
          calls.all() / offered(down),
          down.millis(50),
          down.millis(99),
          good(healed));
    }
  }

  /** More is asked for than NCP takes; the application knows how many that is. */
  void tooMany(Case paced, int quota) throws IOException, InterruptedException {
    stub.post("/behave?quota=" + quota);
    Calls before = calls();
    Load.Result result = edits(paced, options.seconds());
    Calls calls = calls().since(before);
    stub.post("/behave");
    System.out.printf(
        "%n%.0f edits a second, of which NCP takes %d%n%n"
            + "| case | answered 429 of all calls | calls per second | good |%n"
            + "| --- | --- | --- | --- |%n| %s | %.2f %% | %.0f | %s |%n",
        RATE,
        quota,
        paced.name(),
        100.0 * calls.throttled() / calls.all(),
        calls.all() / result.seconds(),
        good(result));
  }

  private Load.Result edits(Case each, double seconds) throws IOException {
    // Each edits another plan: one whose answer was lost takes no other change for a minute.
    Traffic traffic = new Traffic("PUT", false, "", fresh, 1_000_000);
    fresh += 1_000_000;
    return Load.constant(each.peer().port, traffic, 0, CONNECTIONS, seconds, RATE);
  }

  private static double offered(Load.Result result) {
    return result.good() + result.bad();
  }

  private static String good(Load.Result result) {
    return "%.3f %%".formatted(100 * result.good() / offered(result));
  }

  private Calls calls() throws IOException, InterruptedException {
    String[] counts = stub.get("/calls").body().split(" ");
    if (!counts[1].equals("0")) {
      throw new IllegalStateException(counts[1] + " calls were not signed well");
    }
    return new Calls(Long.parseLong(counts[0]), Long.parseLong(counts[2]));
  }
}
