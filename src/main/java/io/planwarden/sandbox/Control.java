package io.planwarden.sandbox;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The sandbox's own paths, unsigned and no part of NCP: to look inside and to steer. */
record Control(World world) {

  static final String PREFIX = "/sandbox/";

  private static final long SKEW_MAX = Duration.ofDays(3650).toMillis();

  Reply.Whole answer(Request request) {
    if (!isFromHere(request)) {
      return error(403, "control paths answer loopback callers and pages only");
    }
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /sandbox/ledger" -> Reply.ok(world.ledger().toJson(number(request, "after", 0)));
        case "GET /sandbox/calls" -> Reply.ok(calls(request));
        case "GET /sandbox/calls/rate" -> Reply.ok(world.calls().rate());
        case "GET /sandbox/switches" -> Reply.ok(world.switches().toJson());
        case "PUT /sandbox/switches" -> putSwitches(request);
        case "GET /sandbox/faults" -> Reply.ok(world.rules().toJson());
        case "PUT /sandbox/faults" -> putFaults(request);
        case "DELETE /sandbox/faults" -> clearFaults();
        case "GET /sandbox/clock" -> Reply.ok(clock());
        case "PUT /sandbox/clock" -> putClock(request);
        case "GET /sandbox/keys" -> Reply.ok(world.credentials().toJson());
        case "PUT /sandbox/keys" -> putKeys(request);
        case "GET /sandbox/state" -> Reply.ok(StateView.of(world.history().current()));
        case "POST /sandbox/reset" -> reset();
        default -> error(404, "no such control path");
      };
    } catch (IllegalArgumentException | Refusal e) {
      return error(400, String.valueOf(e.getMessage()));
    }
  }

  private JsonObject calls(Request request) {
    long limit = number(request, "limit", Long.MAX_VALUE);
    return request.query().text("after") == null
        ? world.calls().latest(limit)
        : world.calls().after(number(request, "after", 0), limit);
  }

  private Reply.Whole putSwitches(Request request) {
    world.set(world.switches().with(Body.parse(request.body()).json()));
    return Reply.ok(world.switches().toJson());
  }

  private Reply.Whole putFaults(Request request) {
    world.set(Rules.parse(Body.parse(request.body())));
    return Reply.ok(world.rules().toJson());
  }

  private Reply.Whole clearFaults() {
    world.set(Rules.NONE);
    return new Reply.Empty(204);
  }

  private JsonObject clock() {
    return Wire.object("skewMs", world.skew().toMillis());
  }

  private Reply.Whole putClock(Request request) {
    Body body = Body.parse(request.body());
    body.allowOnly(List.of("skewMs"));
    Long skew = body.number("skewMs", -SKEW_MAX, SKEW_MAX);
    if (skew == null) {
      throw Refusal.invalid("skewMs is required");
    }
    world.set(Duration.ofMillis(skew));
    return Reply.ok(clock());
  }

  private Reply.Whole putKeys(Request request) {
    world.set(Credentials.parse(Body.parse(request.body())));
    return Reply.ok(world.credentials().toJson());
  }

  private Reply.Whole reset() {
    world.reset();
    return new Reply.Empty(204);
  }

  private static long number(Request request, String name, long preset) {
    Long given = request.query().number(name);
    if (given != null && given < 0) {
      throw new IllegalArgumentException(name + " must be at least 0");
    }
    return given == null ? preset : given;
  }

  /**
   * A page of another site must not steer the sandbox through a browser on this machine, neither
   * plainly nor by a name that it lets point here, hence the look at the Host header.
   */
  private static boolean isFromHere(Request request) {
    String site = request.header("Sec-Fetch-Site");
    String origin = request.header("Origin");
    String host = request.header("Host");
    return (site == null || !site.toLowerCase(Locale.ROOT).equals("cross-site"))
        && (origin == null || Loopback.isOrigin(origin))
        && (host == null || Loopback.isOrigin("http://" + host));
  }

  private static Reply.Whole error(int status, String message) {
    return new Reply.Json(status, Wire.object("message", message));
  }
}
