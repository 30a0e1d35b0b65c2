package io.planwarden.usage;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Query;
import io.smallrye.mutiny.Uni;

/** Reads a limited number of times. Not thread-safe: the reads come one after the other. */
final class FewReads implements GatewayReads {
  /** There were as many reads as there may be. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final GatewayReads delegate;
  private int left;

  FewReads(GatewayReads delegate, int most) {
    this.delegate = delegate;
    this.left = most;
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    if (left == 0) {
      return Uni.createFrom().failure(new Spent());
    }
    left--;
    return delegate.read(query, call);
  }
}
