package io.planwarden.audit;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each row costs before it is inserted, and what it costs to read one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CanonicalBenchmark {
  private final AuditRow row = AppendBenchmark.row(false, "01M7Z4P4HWT7TYF00000000001");
  private final AuditRow linked =
      row.linked(1, Instant.ofEpochMilli(1_700_000_000_000L), Canonical.GENESIS);
  private final String text = Canonical.text(linked);
  private final String hash = Canonical.hash(text);

  @Benchmark
  public String text() {
    return Canonical.text(linked);
  }

  @Benchmark
  public String hash() {
    return Canonical.hash(text);
  }

  @Benchmark
  public String logLine() {
    return LogCopy.line(text, hash);
  }

  @Benchmark
  public AuditRow parse() {
    return Canonical.parse(text, hash);
  }

  @Benchmark
  public Object terms() {
    return Term.inRow(text);
  }
}
