package io.planwarden.audit;

import io.planwarden.request.Caller;
import io.planwarden.storage.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Durable appends per second, against a loop that writes the same text to a file and forces it to
 * the same disk; see docs/audit-writing.md.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 4)
@Fork(1)
public class AppendBenchmark {
  private static final AtomicLong IDS = new AtomicLong();

  /** The writer on a file of its own. */
  @State(Scope.Benchmark)
  public static class Writing {
    private final Path folder = folder();
    AuditWriter writer;

    @Setup
    public void start() {
      TestDatabase database = new TestDatabase(folder.resolve("audit.db"));
      writer =
          new AuditWriter(
              database.writer(), new Defaults(), Clock.systemUTC(), System::nanoTime, new Deaf());
      writer.start();
    }

    @TearDown
    public void stop() throws InterruptedException {
      writer.stop();
    }
  }

  /** A submitter: an intent, then its outcome, then the next. */
  @State(Scope.Thread)
  public static class Submitter {
    private String id = "";
    private boolean intent;

    AuditRow next() {
      intent = !intent;
      if (intent) {
        id = "01M7Z4P4HWT7TYF%011d".formatted(IDS.incrementAndGet());
      }
      return row(intent, id);
    }
  }

  /** A file. */
  @State(Scope.Thread)
  public static class Bare {
    private FileChannel channel;
    private byte[] bytes;

    @Setup
    public void start() throws IOException {
      bytes =
          Canonical.text(row(true, "01M7Z4P4HWT7TYF00000000001").linked(1, Instant.now(), "0"))
              .getBytes(StandardCharsets.UTF_8);
      channel =
          FileChannel.open(
              folder().resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @TearDown
    public void stop() throws IOException {
      channel.close();
    }
  }

  private record Defaults() implements AuditConfig {
    @Override
    public Duration patience() {
      return Duration.ofSeconds(10);
    }

    @Override
    public int queue() {
      return 4096;
    }

    @Override
    public Duration probe() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration retry() {
      return Duration.ofMillis(500);
    }
  }

  private static final class Deaf implements AuditEvents {
    @Override
    public void appended(Duration took) {}

    @Override
    public void refused() {}

    @Override
    public void failed() {}
  }

  @Benchmark
  public AuditRow append(Writing writing, Submitter submitter) throws Exception {
    return writing.writer.submit(submitter.next()).get();
  }

  @Benchmark
  public void bareFsync(Bare bare) throws IOException {
    bare.channel.write(ByteBuffer.wrap(bare.bytes));
    bare.channel.force(false);
  }

  static AuditRow row(boolean intent, String id) {
    Map<String, Object> plan =
        Map.of(
            "usagePlanId",
            "planopen01",
            "usagePlanName",
            "Open",
            "rateRps",
            10,
            "dayQuotaRequest",
            1000,
            "monthQuotaRequest",
            10000,
            "quotaCondition",
            "2xx");
    return AuditRowBuilder.builder()
        .phase(intent ? Phase.INTENT : Phase.OUTCOME)
        .operationId(id)
        .requestId("01M7Z4P4HWT7TYFNP20D75B7Y2")
        .caller(Caller.anonymous("127.0.0.1"))
        .action("edit-plan")
        .target(Map.of("usagePlanId", "planopen01"))
        .reason("because it was asked for")
        .request(plan)
        .before(plan)
        .after(intent ? null : plan)
        .changed(intent ? null : List.of("rateRps"))
        .outcome(intent ? null : Outcome.APPLIED)
        .deadline(intent ? Instant.now() : null)
        .build();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")), "run");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] args) throws RunnerException {
    StringBuilder table = new StringBuilder("| what | submitters | per second | p50 | p99 |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    table.append(run("bareFsync", 1));
    for (int threads : new int[] {1, 16, 64}) {
      table.append(run("append", threads));
    }
    System.out.println(table);
  }

  private static String run(String name, int threads) throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(AppendBenchmark.class.getSimpleName() + "\\." + name + "$")
                    .threads(threads)
                    .jvmArgsAppend("-Djava.util.logging.config.file=src/jmh/logging.properties")
                    .build())
            .runSingle();
    var statistics = result.getPrimaryResult().getStatistics();
    // Each sample is one append by one of the threads.
    double perSecond = threads * 1e6 / statistics.getMean();
    return "| %s | %d | %.0f | %.2f ms | %.2f ms |%n"
        .formatted(
            name,
            threads,
            perSecond,
            statistics.getPercentile(50) / 1000,
            statistics.getPercentile(99) / 1000);
  }
}
