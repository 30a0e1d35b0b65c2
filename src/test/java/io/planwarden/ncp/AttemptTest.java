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
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptTest {
  private static final Call SHORTLY = new Call("c", NOW.plusSeconds(1), Reach.ALL);

  @RegisterExtension final SilentNcp ncp = new SilentNcp();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/usage-plans?",
        "/api/v1/usage-plans?name=a+b",
        "/api/v1/usage-plans?name=a%2Bb",
        "/api/v1/usage-plans?name=a%20b&name=&name",
        "/api/v1/usage-plans?name=%EA%B8%B0%EB%B3%B8%20plan",
        "/api/v1/usage-plans?name=%ea%b8%b0",
        "/api/v1/a%2Fb/../c//d;e=f?g=h?i"
      })
  void aTarget_isOnTheRequestLineAsItWasSigned(String target) throws Exception {
    var answer =
        ncp.exchange()
            .send(SilentNcp.get(target), Connection.POOLED, LATER)
            .subscribeAsCompletionStage();
    HttpServerRequest request = ncp.next();
    SilentNcp.done(request.response().end());
    answer.get(20, TimeUnit.SECONDS);

    assertThat(request.uri()).isEqualTo(target);
    assertThat(request.getHeader("x-ncp-apigw-signature-v2"))
        .isEqualTo(NcpSigner.signature("GET", target, NOW, KEYS));
  }

  @Test
  void aSecondSubscription_isAFreshlySignedAttempt() throws Exception {
    AtomicReference<Credentials> keys = new AtomicReference<>(KEYS);
    Credentials reloaded = new Credentials("RELOADED", new Secret("s"));
    Uni<Answer> uni =
        ncp.exchange(keys::get, 8, Duration.ofSeconds(10)).send(REQUEST, Connection.POOLED, LATER);
    var first = uni.subscribeAsCompletionStage();
    SilentNcp.done(ncp.next().response().end());
    first.get(20, TimeUnit.SECONDS);
    ncp.setNow(NOW.plusSeconds(1));
    keys.set(reloaded);

    var second = uni.subscribeAsCompletionStage();
    HttpServerRequest request = ncp.next();
    SilentNcp.done(request.response().end());
    second.get(20, TimeUnit.SECONDS);

    assertThat(request.getHeader("x-ncp-iam-access-key")).isEqualTo("RELOADED");
    assertThat(request.getHeader("x-ncp-apigw-signature-v2"))
        .isEqualTo(NcpSigner.signature("GET", REQUEST.target(), NOW.plusSeconds(1), reloaded));
  }

  @Test
  void withoutASubscription_nothingIsSent() throws Exception {
    Exchange exchange = ncp.exchange();

    assertThat(exchange.send(REQUEST, Connection.POOLED, LATER)).isNotNull();
    ncp.nothingWasSent(exchange);
  }

  @Test
  void aDeadlineThatComesFirst_endsTheAttempt() throws Exception {
    Call patient = new Call("c", NOW.plusSeconds(5), Reach.ALL);

    UpstreamFailure failure = failure(ncp.exchange().send(REQUEST, Connection.POOLED, patient));

    assertThat(failure.kind()).isEqualTo(FailureClass.AMBIGUOUS);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
    assertThat(ncp.next()).isNotNull();
  }

  @Test
  void aChangeThatWasSentBeforeTheDeadline_isWaitedForBeyondIt() throws Exception {
    Call change = new Call("c", NOW.plusMillis(100), Reach.ALL).changing(() -> true);
    var answer =
        ncp.exchange().send(REQUEST, Connection.POOLED, change).subscribeAsCompletionStage();
    HttpServerRequest request = ncp.next();

    ncp.vertx().setTimer(300, later -> request.response().end());

    assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void aChangeThatGetsItsConnectionAfterTheDeadline_isNotSent() throws Exception {
    Exchange exchange = ncp.exchange(() -> KEYS, 1, Duration.ofSeconds(10));
    var first = SilentNcp.pooled(exchange);
    HttpServerRequest busy = ncp.next();
    Call change = new Call("c", NOW.plusSeconds(5), Reach.ALL).changing(() -> true);
    var second = exchange.send(REQUEST, Connection.POOLED, change).subscribeAsCompletionStage();

    ncp.setNow(NOW.plusSeconds(6));
    SilentNcp.done(busy.response().end());
    first.get(20, TimeUnit.SECONDS);

    UpstreamFailure failure = failure(Uni.createFrom().completionStage(second));
    assertThat(failure.kind()).isEqualTo(FailureClass.NEVER_SENT);
    ncp.nothingWasSent(exchange);
  }

  @Test
  void aPassedDeadline_isNeverSent() throws Exception {
    Exchange exchange = ncp.exchange();

    UpstreamFailure failure =
        failure(exchange.send(REQUEST, Connection.POOLED, new Call("c", NOW, Reach.ALL)));

    assertThat(failure.kind()).isEqualTo(FailureClass.NEVER_SENT);
    ncp.nothingWasSent(exchange);
  }

  @Test
  void aCallThatIsNoLongerToBeMade_isNotSent() throws Exception {
    Exchange exchange = ncp.exchange();
    Call withdrawn = SHORTLY.changing(() -> false);

    UpstreamFailure failure = failure(exchange.send(REQUEST, Connection.POOLED, withdrawn));

    assertThat(failure.kind()).isEqualTo(FailureClass.NEVER_SENT);
    assertThat(failure.code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
    ncp.nothingWasSent(exchange);
  }

  @Test
  void anEndlessAnswer_isCut() throws Exception {
    var answer = SilentNcp.pooled(ncp.exchange());
    HttpServerRequest request = ncp.next();
    CompletableFuture<Void> broken = new CompletableFuture<>();
    request.connection().closeHandler(broken::complete);
    request.response().setChunked(true);
    ncp.vertx()
        .setPeriodic(
            1,
            timer ->
                request
                    .response()
                    .write("x".repeat(1000))
                    .onFailure(gone -> ncp.vertx().cancelTimer(timer)));

    broken.get(20, TimeUnit.SECONDS);

    assertThat(answer)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withMessageContaining("NCP's answer is too large to be read.");
  }

  @Test
  void anAnswerCutShort_isAmbiguous() throws Exception {
    var answer = SilentNcp.pooled(ncp.exchange());
    HttpServerRequest request = ncp.next();
    SilentNcp.done(request.response().putHeader("Content-Length", "100").write("{"));

    SilentNcp.done(request.connection().close());

    assertThat(answer)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(UpstreamFailure.class)
        .withMessageContaining("broke before the answer was complete");
  }

  @Test
  void aResult_comesOnTheContextOfTheSubscriber() throws Exception {
    Context context = ncp.vertx().getOrCreateContext();
    CompletableFuture<Context> seen = new CompletableFuture<>();
    context.runOnContext(
        ignored ->
            ncp.exchange()
                .send(REQUEST, Connection.POOLED, LATER)
                .subscribe()
                .with(answer -> seen.complete(Vertx.currentContext())));
    SilentNcp.done(ncp.next().response().end());

    assertThat(seen.get(20, TimeUnit.SECONDS)).isSameAs(context);
  }

  @Test
  void withoutAContext_theResultStillComes() throws Exception {
    var answer = SilentNcp.pooled(ncp.exchange());
    SilentNcp.done(ncp.next().response().setStatusCode(204).end());

    assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(204);
  }
}
