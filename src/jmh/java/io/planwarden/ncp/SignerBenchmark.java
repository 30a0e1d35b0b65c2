package io.planwarden.ncp;

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

/** One signature. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class SignerBenchmark {
  private final Credentials credentials =
      new Credentials("benchaccesskey000001", new Secret("benchsecretkey0000000000001"));
  private final Instant at = Instant.ofEpochMilli(1_700_000_000_000L);

  @Benchmark
  public String signature() {
    return NcpSigner.signature("PUT", "/api/v1/usage-plans/planopen01", at, credentials);
  }
}
