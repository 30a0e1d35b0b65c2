package io.planwarden.ncp;

import static io.planwarden.ncp.FakeNcp.KEYS;
import static io.planwarden.ncp.FakeNcp.NOW;
import static io.planwarden.ncp.FakeNcp.PATIENCE;
import static io.planwarden.ncp.FakeNcp.failure;
import static io.planwarden.ncp.SilentNcp.LATER;
import static io.planwarden.ncp.SilentNcp.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionTest {
  private static final Call SHORTLY = new Call("c", NOW.plusSeconds(1), Reach.ALL);

  @RegisterExtension final SilentNcp ncp = new SilentNcp();

  @Test
  void aPooledConnection_isUsedAgain() throws Exception {
    Exchange exchange = ncp.exchange(() -> KEYS, 1, Duration.ofSeconds(10));
    var first = SilentNcp.pooled(exchange);
    HttpServerRequest before = ncp.next();
    SilentNcp.done(before.response().end());
    first.get(20, TimeUnit.SECONDS);

    var second = SilentNcp.pooled(exchange);

    assertThat(ncp.next().remoteAddress()).isEqualTo(before.remoteAddress());
    assertThat(second).isNotDone();
  }

  @Test
  void aFreshConnection_isUsedOnce() throws Exception {
    Exchange exchange = ncp.exchange();
    var first = exchange.send(REQUEST, Connection.FRESH, LATER).subscribeAsCompletionStage();
    HttpServerRequest before = ncp.next();
    SilentNcp.done(before.response().end());
    first.get(20, TimeUnit.SECONDS);

    var second = exchange.send(REQUEST, Connection.FRESH, LATER).subscribeAsCompletionStage();

    HttpServerRequest after = ncp.next();
    assertThat(after.remoteAddress()).isNotEqualTo(before.remoteAddress());
    assertThat(after.getHeader("Connection")).isEqualTo("close");
    assertThat(second).isNotDone();
  }

  @ParameterizedTest
  @EnumSource(Connection.class)
  void aCancelledSubscription_breaksOffTheRequest(Connection connection) throws Exception {
    CompletableFuture<Void> broken = new CompletableFuture<>();
    var subscription =
        ncp.exchange().send(REQUEST, connection, LATER).subscribe().with(answer -> {});
    ncp.next().connection().closeHandler(broken::complete);

    subscription.cancel();

    broken.get(20, TimeUnit.SECONDS);
  }

  @Test
  void anAttemptOutOfTime_breaksOffTheRequest() throws Exception {
    CompletableFuture<Void> broken = new CompletableFuture<>();
    var answer = SilentNcp.pooled(ncp.exchange(() -> KEYS, 8, Duration.ofSeconds(1)));
    ncp.next().connection().closeHandler(broken::complete);

    broken.get(20, TimeUnit.SECONDS);

    assertThat(answer).failsWithin(PATIENCE);
  }

  @Test
  void waitingForAConnectionInVain_isNeverSent() throws Exception {
    Exchange exchange = ncp.exchange(() -> KEYS, 1, Duration.ofSeconds(10));
    var holding = SilentNcp.pooled(exchange);
    ncp.next();

    UpstreamFailure failure = failure(exchange.send(REQUEST, Connection.POOLED, SHORTLY));

    assertThat(failure.kind()).isEqualTo(FailureClass.NEVER_SENT);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_UNREACHABLE);
    assertThat(holding).isNotDone();
    ncp.nothingWasSent(exchange);
  }

  @Test
  void waitingThatIsCancelled_leavesTheConnectionToOthers() throws Exception {
    Exchange exchange = ncp.exchange(() -> KEYS, 1, Duration.ofSeconds(10));
    var first = SilentNcp.pooled(exchange);
    HttpServerRequest held = ncp.next();
    var cancelled =
        exchange
            .send(SilentNcp.get("/cancelled"), Connection.POOLED, LATER)
            .subscribe()
            .with(answer -> {});
    var third =
        exchange
            .send(SilentNcp.get("/third"), Connection.POOLED, LATER)
            .subscribeAsCompletionStage();

    cancelled.cancel();
    SilentNcp.done(held.response().end());
    first.get(20, TimeUnit.SECONDS);
    HttpServerRequest request = ncp.next();
    SilentNcp.done(request.response().end());

    third.get(20, TimeUnit.SECONDS);
    assertThat(request.uri()).isEqualTo("/third");
    ncp.nothingWasSent(exchange);
  }

  @Test
  void aClosedGateway_isNeverSent() {
    Exchange exchange = ncp.exchange();
    exchange.close();

    UpstreamFailure failure = failure(exchange.send(REQUEST, Connection.POOLED, LATER));

    assertThat(failure.kind()).isEqualTo(FailureClass.NEVER_SENT);
  }

  @Test
  void keysThatCannotBeHad_areAFailureOfCredentialsAndSendNothing() throws Exception {
    Exchange exchange =
        ncp.exchange(
            () -> {
              throw new IllegalStateException("no file");
            },
            1,
            Duration.ofSeconds(10));

    UpstreamFailure first = failure(exchange.send(REQUEST, Connection.POOLED, LATER));
    UpstreamFailure second = failure(exchange.send(REQUEST, Connection.POOLED, LATER));

    assertThat(first.kind()).isEqualTo(FailureClass.CREDENTIALS);
    assertThat(second.kind()).isEqualTo(FailureClass.CREDENTIALS);
    ncp.nothingWasSent(ncp.exchange());
  }
}
