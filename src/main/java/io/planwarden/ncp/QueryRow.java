package io.planwarden.ncp;

import io.planwarden.gateway.Query;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of query on the wire.
 *
 * @param <Q> the kind of query
 * @param <E> the envelope of its answer
 * @param <T> what the answer holds
 */
record QueryRow<Q extends Query<T>, E, T>(
    Class<Q> kind, Function<Q, NcpRequest> request, Class<E> envelope, Content<Q, E, T> content) {
  /** Finds what was asked for; null if the envelope does not hold it. */
  interface Content<Q, E, T> {
    @Nullable T in(Q query, E envelope);
  }

  NcpRequest request(Query<T> query) {
    return request.apply(kind.cast(query));
  }

  T read(Query<T> query, Answer answer) {
    T found = content.in(kind.cast(query), answer.as(envelope));
    if (found == null) {
      throw answer.unreadable();
    }
    return found;
  }
}
