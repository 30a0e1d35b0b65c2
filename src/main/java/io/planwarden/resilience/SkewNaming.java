package io.planwarden.resilience;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;

/**
 * Names the clock as the cause where NCP does not accept a signature and the clocks are far apart:
 * NCP's own answer is the same for a wrong key.
 */
public final class SkewNaming implements GatewayReads, GatewayWrites {
  private final GatewayReads reads;
  private final GatewayWrites writes;
  private final SkewMeter skew;

  public SkewNaming(GatewayReads reads, GatewayWrites writes, SkewMeter skew) {
    this.reads = reads;
    this.writes = writes;
    this.skew = skew;
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    return reads.read(query, call).onFailure(UpstreamFailure.class).transform(this::named);
  }

  @Override
  public Uni<Receipt> send(Change change, Call call) {
    return writes.send(change, call).onFailure(UpstreamFailure.class).transform(this::named);
  }

  private Throwable named(Throwable thrown) {
    UpstreamFailure failure = (UpstreamFailure) thrown;
    if (failure.kind() != FailureClass.CREDENTIALS || !skew.isTooFar()) {
      return failure;
    }
    return failure.told(
        "NCP does not accept the signature, and NCP's clock is %d s ahead of Planwarden's: correct the clock."
            .formatted(skew.skew().orElseThrow().toSeconds()));
  }
}
