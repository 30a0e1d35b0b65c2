package io.planwarden.ncp;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Receipt;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * NCP behind the port. Each subscription is one attempt, signed when it is sent; nothing is retried
 * here. A result comes on the Vert.x context of the subscriber, if it has one; a cancelled
 * subscription breaks off its attempt. An id that is not 1 to 10 ASCII letters and digits is a
 * defect of the caller and throws at once.
 */
public final class NcpGateway implements GatewayReads, GatewayWrites, AutoCloseable {
  private final Exchange exchange;
  private final InstantSource clock;

  /**
   * @param credentials asked for at each attempt, on an event loop, so it must not block
   * @param clock what the signatures' timestamps are taken from
   * @param dates hears what NCP's clock says
   */
  public NcpGateway(
      Vertx vertx,
      NcpSettings settings,
      Supplier<Credentials> credentials,
      InstantSource clock,
      AnswerDates dates) {
    this.exchange = new Exchange(vertx, settings, credentials, clock, dates);
    this.clock = clock;
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    QueryRow<?, ?, T> row = QueryTable.row(query);
    return exchange
        .send(row.request(query), Connection.POOLED, call)
        .map(answer -> row.read(query, success(answer)));
  }

  @Override
  public Uni<Receipt> send(Change change, Call call) {
    ChangeTable.Row row = change.match(ChangeTable.ROWS);
    return exchange
        .send(row.request(), row.connection(), call)
        .map(
            answer ->
                new Receipt(
                    row.plan().in(success(answer)), answer.status(), 1, answer.duration(), false));
  }

  /** Closes the connections; attempts under way fail. */
  @Override
  public void close() {
    exchange.close();
  }

  private Answer success(Answer answer) {
    if (!answer.succeeded()) {
      throw ErrorTable.answered(
          answer.status(), answer.body(), answer.retryAfter(), clock.instant());
    }
    return answer;
  }
}
