package io.planwarden.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the measurements of all cases in turn, so that what the machine does meets them alike. */
final class Measuring {
  private static final double RATE = 1000;
  private static final int DELAY = 5;
  // Seconds of load, and which part of them the compilers may take of a peer that is warm.
  private static final double SLICE = 5;
  private static final double QUIET = 0.03;

  /** What one measurement of one case found. */
  private record Sample(Load.Result result, double cpu, double cpuUntilQuiet) {}

  private final Options options;
  private final Peer stub;
  private final List<Case> cases;
  private final Map<Case, Long> numbers = new LinkedHashMap<>();

  Measuring(Options options, Peer stub, List<Case> cases) {
    this.options = options;
    this.stub = stub;
    this.cases = cases;
  }

  void warmUp() throws IOException, InterruptedException {
    for (Case each : cases) {
      closed(each, 64, options.warmup());
      untilCompiled(each);
    }
    for (Case each : cases) {
      each.peer().awaitQuiet();
    }
  }

  /** On a slow machine the compilers are at work for minutes. */
  private void untilCompiled(Case each) throws IOException {
    double used = each.peer().compilerSeconds();
    double before = Double.NEGATIVE_INFINITY;
    for (double more = 0;
        used - before > QUIET * SLICE && more < 2 * options.warmup();
        more += SLICE) {
      before = used;
      closed(each, 64, SLICE);
      used = each.peer().compilerSeconds();
    }
  }

  private Load.Result closed(Case each, int connections, double seconds) throws IOException {
    long from = numbers.getOrDefault(each, 0L);
    Load.Result result = Load.closed(each.peer().port, each.traffic(), from, connections, seconds);
    numbers.put(each, from + result.good() + result.bad());
    return result;
  }

  /** As fast as so many connections ask. */
  void load() throws IOException, InterruptedException {
    for (int connections : options.connections()) {
      Map<Case, List<Sample>> samples = new LinkedHashMap<>();
      for (int round = 0; round < options.rounds(); round++) {
        for (Case each : cases) {
          double before = each.peer().cpuSeconds();
          Load.Result result = closed(each, connections, options.seconds());
          double cpu = each.peer().cpuSeconds() - before;
          each.peer().awaitQuiet();
          double all = each.peer().cpuSeconds() - before;
          samples
              .computeIfAbsent(each, first -> new ArrayList<>())
              .add(new Sample(result, cpu, all));
        }
      }
      print(connections, samples);
    }
  }

  private static void print(int connections, Map<Case, List<Sample>> samples) {
    System.out.printf(
        "%n%d connections, closed loop%n%n"
            + "| case | per CPU-second | of its floor | with what is done later | per second"
            + " | p50 ms | p99 | p99.9 | bad |%n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |%n",
        connections);
    Map<String, Double> floors = new LinkedHashMap<>();
    samples.forEach(
        (each, of) -> {
          double efficiency = median(of, s -> s.result().good() / s.cpu());
          floors.put(each.name(), efficiency);
          Double floor = floors.get(each.floor());
          System.out.printf(
              "| %s | %.0f | %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.0f |%n",
              each.name(),
              efficiency,
              floor == null ? "" : "%.2f".formatted(efficiency / floor),
              median(of, s -> s.result().good() / s.cpuUntilQuiet()),
              median(of, s -> s.result().perSecond()),
              median(of, s -> s.result().millis(50)),
              median(of, s -> s.result().millis(99)),
              median(of, s -> s.result().millis(99.9)),
              median(of, s -> (double) s.result().bad()));
        });
  }

  /** At a constant rate, beside the stub itself in the same round. */
  void latency() throws IOException, InterruptedException {
    stub.post("/behave?delay=" + DELAY);
    Map<String, List<Load.Result>> results = new LinkedHashMap<>();
    for (int round = 0; round < options.rounds(); round++) {
      Traffic put = new Traffic("PUT", true, "", 1, 2000);
      results
          .computeIfAbsent("stub itself", first -> new ArrayList<>())
          .add(Load.constant(stub.port, put, 0, 64, options.seconds(), RATE));
      for (Case each : cases) {
        results
            .computeIfAbsent(each.name(), first -> new ArrayList<>())
            .add(constant(each, each.traffic(), RATE));
        each.peer().awaitQuiet();
      }
    }
    stub.post("/behave");
    System.out.printf(
        "%n%.0f requests a second, latencies from when each was due, stub delay %d ms%n%n"
            + "| case | p50 ms | over the stub | p99 | p99.9 | bad |%n"
            + "| --- | --- | --- | --- | --- | --- |%n",
        RATE, DELAY);
    double direct = median(results.get("stub itself"), r -> r.millis(50));
    results.forEach(
        (name, of) -> {
          double half = median(of, r -> r.millis(50));
          System.out.printf(
              "| %s | %.2f | %.2f | %.2f | %.2f | %.0f |%n",
              name,
              half,
              half - direct,
              median(of, r -> r.millis(99)),
              median(of, r -> r.millis(99.9)),
              median(of, r -> (double) r.bad()));
        });
  }

  private Load.Result constant(Case each, Traffic traffic, double rate) throws IOException {
    long from = numbers.getOrDefault(each, 0L);
    Load.Result result =
        Load.constant(each.peer().port, traffic, from, 64, options.seconds(), rate);
    numbers.put(each, from + result.good() + result.bad());
    return result;
  }

  private interface Figure<T> {
    double of(T sample);
  }

  private static <T> double median(List<T> samples, Figure<T> figure) {
    return median(samples.stream().map(figure::of).toList());
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
