package io.planwarden.ncp;

import static io.netty.handler.flush.FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.planwarden.gateway.Call;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HTTP with NCP: connections, signing, and what an attempt may take in time and bytes. */
final class Exchange implements AutoCloseable {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  /** A date as it was written, and what it means; the answers of one second have the same. */
  private record Heard(String date, Instant instant) {}

  private final Vertx vertx;
  private final NcpSettings settings;
  private final Supplier<Credentials> credentials;
  private final InstantSource clock;
  private final AnswerDates dates;
  private final LoopClients pooled;
  private final HttpClient fresh;
  private volatile Heard lastHeard = new Heard("", Instant.EPOCH);

  Exchange(
      Vertx vertx,
      NcpSettings settings,
      Supplier<Credentials> credentials,
      InstantSource clock,
      AnswerDates dates) {
    this.vertx = vertx;
    this.settings = settings;
    this.credentials = credentials;
    this.clock = clock;
    this.dates = dates;
    this.pooled = new LoopClients(() -> client(true));
    this.fresh = client(false);
  }

  /** Each subscription is one attempt; its result comes on the context of the subscriber. */
  Uni<Answer> send(NcpRequest request, Connection connection, Call call) {
    return Uni.createFrom()
        .emitter(
            emitter ->
                new Attempt(this, request, connection, call, vertx.getOrCreateContext(), emitter)
                    .begin());
  }

  /** To be called on the context that the answer is wanted on. */
  Future<HttpClientRequest> request(
      NcpRequest request, Connection connection, Duration allowed, Context context) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(settings.origin().getHost())
            .setPort(settings.port())
            .setSsl(settings.tls())
            .setURI(request.target())
            .setFollowRedirects(false)
            .setConnectTimeout(allowed.toMillis())
            .putHeader(HttpHeaders.ACCEPT, JSON);
    if (request.body() != null) {
      options.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    }
    return switch (connection) {
      case POOLED -> pooled.of(context).request(options);
      case FRESH -> fresh.request(options);
    };
  }

  void sign(HttpClientRequest request) {
    NcpSigner.addHeaders(
        request.headers(),
        request.getMethod().name(),
        request.getURI(),
        clock.instant(),
        credentials.get());
  }

  Instant now() {
    return clock.instant();
  }

  /** Tells what NCP's clock says, if it says anything that can be read. */
  void heard(Instant sent, @Nullable String date) {
    if (date == null) {
      return;
    }
    try {
      Heard known = lastHeard;
      if (!known.date().equals(date)) {
        known = new Heard(date, ZonedDateTime.parse(date, RFC_1123_DATE_TIME).toInstant());
        lastHeard = known;
      }
      dates.seen(sent, now(), known.instant());
    } catch (DateTimeParseException e) {
      // Not a date: it tells nothing about the clock.
    }
  }

  /** How long an attempt may take that begins now; nothing if the deadline has passed. */
  Duration allowed(Instant now, Call call) {
    Duration left = Duration.between(now, call.deadline());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return call.seenThrough() || left.compareTo(settings.attemptTimeout()) > 0
        ? settings.attemptTimeout()
        : left;
  }

  int maxAnswerBytes() {
    return settings.maxAnswerBytes();
  }

  @Override
  public void close() {
    pooled.close();
    fresh.close();
  }

  private HttpClient client(boolean keepAlive) {
    int connectMillis = Math.toIntExact(settings.connectTimeout().toMillis());
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setConnectTimeout(connectMillis)
            .setSslHandshakeTimeout(connectMillis)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setKeepAlive(keepAlive)
            .setKeepAliveTimeout(Math.toIntExact(settings.idleTimeout().toSeconds()))
            // Two requests on one connection would share its fate: a reset of one loses both.
            .setPipelining(false)
            .setDecompressionSupported(false)
            // A trace ends here: NCP knows nothing of its headers.
            .setTracingPolicy(TracingPolicy.IGNORE);
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(settings.poolSize()))
        .withConnectHandler(Exchange::connected)
        .build();
  }

  private static void connected(HttpConnection connection) {
    // A broken connection fails the attempt that uses it; unhandled, it is also logged as error.
    connection.exceptionHandler(ignored -> {});
    // Calls that begin in one turn of the event loop, such as those of one commit, leave together
    // and wake NCP's end once.
    ((ConnectionBase) connection)
        .channel()
        .pipeline()
        .addFirst(new FlushConsolidationHandler(DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
  }
}
