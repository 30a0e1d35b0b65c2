package io.planwarden.audit;

import io.planwarden.AverageNanos;
import io.planwarden.audit.Appender.Appended;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;

/** What each row costs before it is inserted, and what it costs to read one. */
public class CanonicalBenchmark extends AverageNanos {
  private final AuditRow row = AppendBenchmark.row(false, "01M7Z4P4HWT7TYF00000000001");
  private final AuditRow linked =
      row.linked(1, Instant.ofEpochMilli(1_700_000_000_000L), Canonical.GENESIS);
  private final String text = Canonical.text(linked);
  private final String hash = Canonical.hash(text);
  private final List<Appended> copied = List.of(new Appended(linked.hashed(hash), text));

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
    return LogCopy.lines(copied);
  }

  @Benchmark
  public Optional<AuditRow> parse() {
    return Canonical.parse(text, hash);
  }

  @Benchmark
  public Object terms() {
    return Term.inRow(text);
  }
}
