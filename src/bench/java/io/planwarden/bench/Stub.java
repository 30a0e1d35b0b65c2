package io.planwarden.bench;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * NCP as far as a load needs it: checks each call's signature, keeps plans, answers reading and
 * editing them, and shows as many stages as it is told. {@code POST
 * /behave?delay=5&unavailable=0.05&reset=0.05&quota=400} makes it slow or bad; {@code GET /calls}
 * tells how many calls it had, how many of them were not signed well, and how many were too many.
 */
public final class Stub extends AbstractVerticle {
  private static final String PLANS = "/api/v1/usage-plans/";
  private static final Map<String, Buffer> HELD = new ConcurrentHashMap<>();
  private static final LongAdder CALLS = new LongAdder();
  private static final LongAdder UNSIGNED = new LongAdder();
  private static final LongAdder THROTTLED = new LongAdder();
  private static volatile Behaviour behaviour = new Behaviour(0, 0, 0, 0);
  private static volatile Dated dated = new Dated(0, "");
  private static int port;
  private static int stages;
  private final Deque<Long> taken = new ArrayDeque<>();

  private record Dated(long second, String text) {}

  /**
   * How it behaves.
   *
   * @param delay of each answer, in milliseconds
   * @param unavailable the share of calls that are answered 503 and have no effect
   * @param reset the share of calls that take effect and whose connection is closed unanswered
   * @param quota how many calls of any second are answered otherwise than 429; 0 is no limit
   */
  private record Behaviour(long delay, double unavailable, double reset, int quota) {}

  /** Takes the port to listen on and how many stages there are. */
  public static void main(String[] arguments) {
    port = Integer.parseInt(arguments[0]);
    stages = Integer.parseInt(arguments[1]);
    Vertx.vertx().deployVerticle(Stub.class, new DeploymentOptions().setInstances(1));
  }

  @Override
  public void start() {
    vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
  }

  private void handle(HttpServerRequest request) {
    String path = request.path();
    if (path.startsWith(PLANS)) {
      if (request.method() == HttpMethod.PUT) {
        request.body().onSuccess(body -> answer(request, body));
      } else {
        answer(request, null);
      }
    } else if (path.startsWith(StubCatalog.PRODUCTS)) {
      request.response().end(new StubCatalog(stages).answer(request));
    } else if (path.equals("/behave")) {
      behaviour =
          new Behaviour(
              Long.parseLong(request.getParam("delay", "0")),
              Double.parseDouble(request.getParam("unavailable", "0")),
              Double.parseDouble(request.getParam("reset", "0")),
              Integer.parseInt(request.getParam("quota", "0")));
      request.response().end();
    } else if (path.equals("/calls")) {
      request.response().end(CALLS.sum() + " " + UNSIGNED.sum() + " " + THROTTLED.sum());
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private void answer(HttpServerRequest request, Buffer settings) {
    CALLS.increment();
    Behaviour now = behaviour;
    if (now.quota() > 0 && isOver(now.quota())) {
      THROTTLED.increment();
      request.response().setStatusCode(429).end();
    } else if (now.delay() == 0) {
      answer(request, settings, now);
    } else {
      vertx.setTimer(now.delay(), late -> answer(request, settings, now));
    }
  }

  /** For the one event loop. */
  private boolean isOver(int quota) {
    long now = System.nanoTime();
    while (!taken.isEmpty() && now - taken.peekFirst() >= 1_000_000_000L) {
      taken.removeFirst();
    }
    if (taken.size() >= quota) {
      return true;
    }
    taken.addLast(now);
    return false;
  }

  private static void answer(HttpServerRequest request, Buffer settings, Behaviour now) {
    String timestamp = request.getHeader(Signature.TIMESTAMP);
    if (timestamp == null
        || !Signature.of(request.method().name(), request.uri(), timestamp)
            .equals(request.getHeader(Signature.SIGNATURE))) {
      UNSIGNED.increment();
      request
          .response()
          .setStatusCode(401)
          .end("{\"error\":{\"errorCode\":\"200\",\"message\":\"Authentication Failed\"}}");
      return;
    }
    double luck = ThreadLocalRandom.current().nextDouble();
    if (luck < now.unavailable()) {
      request.response().setStatusCode(503).end();
      return;
    }
    String id = request.path().substring(PLANS.length());
    Buffer plan =
        settings == null
            ? HELD.computeIfAbsent(id, unset -> plan(id, Traffic.settings(0)))
            : plan(id, settings);
    HELD.put(id, plan);
    if (luck < now.unavailable() + now.reset()) {
      request.connection().close();
      return;
    }
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Date", date())
        .end(plan);
  }

  private static CharSequence date() {
    long second = System.currentTimeMillis() / 1000;
    Dated known = dated;
    if (known.second() != second) {
      Instant now = Instant.ofEpochSecond(second);
      known = new Dated(second, RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
      dated = known;
    }
    return known.text();
  }

  private static Buffer plan(String id, Buffer settings) {
    return Buffer.buffer(512)
        .appendString("{\"usagePlan\":{\"usagePlanId\":\"")
        .appendString(id)
        .appendString("\",\"domainCode\":\"PUB\",\"tenantId\":\"tenant0001\",\"modifier\":\"42\",")
        .appendString("\"associatedStagesCount\":1,\"disabled\":false,\"permission\":\"FULL\",")
        .appendBuffer(settings, 1, settings.length() - 1)
        .appendString("}");
  }
}
