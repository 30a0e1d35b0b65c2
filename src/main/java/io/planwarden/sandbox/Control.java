package io.planwarden.sandbox;

import java.util.Locale;

/** The sandbox's own paths, unsigned and no part of NCP: to look inside and to set switches. */
record Control(World world) {

  static final String PREFIX = "/sandbox/";

  Reply answer(Request request) {
    if (!isFromHere(request)) {
      return error(403, "control paths answer loopback callers and pages only");
    }
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /sandbox/ledger" -> Reply.ok(world.ledger().toJson(number(request, "after", 0)));
        case "GET /sandbox/calls" ->
            Reply.ok(world.calls().toJson(number(request, "limit", Long.MAX_VALUE)));
        case "GET /sandbox/switches" -> Reply.ok(world.switches().toJson());
        case "PUT /sandbox/switches" -> putSwitches(request);
        case "GET /sandbox/state" -> Reply.ok(StateView.of(world.history().current()));
        case "POST /sandbox/reset" -> reset();
        default -> error(404, "no such control path");
      };
    } catch (IllegalArgumentException | Refusal e) {
      return error(400, String.valueOf(e.getMessage()));
    }
  }

  private Reply putSwitches(Request request) {
    world.set(world.switches().with(Body.parse(request.body()).json()));
    return Reply.ok(world.switches().toJson());
  }

  private Reply reset() {
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

  private static Reply error(int status, String message) {
    return new Reply.Json(status, Wire.object("message", message));
  }
}
