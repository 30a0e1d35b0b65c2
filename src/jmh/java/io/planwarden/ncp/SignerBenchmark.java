package io.planwarden.ncp;

import io.planwarden.AverageNanos;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;

/** One signature. */
public class SignerBenchmark extends AverageNanos {
  private final Credentials credentials =
      new Credentials("benchaccesskey000001", new Secret("benchsecretkey0000000000001"));
  private final Instant at = Instant.ofEpochMilli(1_700_000_000_000L);

  @Benchmark
  public String signature() {
    return NcpSigner.signature("PUT", "/api/v1/usage-plans/planopen01", at, credentials);
  }
}
