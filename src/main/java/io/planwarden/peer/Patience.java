package io.planwarden.peer;

import java.time.Duration;
import java.util.Optional;

/**
 * How long one connection has kept us waiting, and whether that is too long. A request's parts have
 * a time in which they must be whole, so that a peer gains nothing by sending a byte now and then;
 * an answer may be taken slowly, as long as some of it is taken. Times are of any clock that only
 * moves forward, in nanoseconds. Belongs to the connection's event loop.
 */
final class Patience {
  /**
   * What each may last.
   *
   * @param headers from the connection, or the first byte of a later request, to the last header
   * @param body from the last header to the end of the body
   * @param answer without any of the answer being taken
   */
  record Limits(Duration headers, Duration body, Duration answer) {}

  /**
   * How far writing has come.
   *
   * @param written pieces that are written whole
   * @param ofNext bytes of the next one
   */
  record Progress(long written, long ofNext) {}

  private enum Awaited {
    NOTHING,
    HEADERS,
    BODY
  }

  private final Limits limits;
  private Awaited awaited = Awaited.HEADERS;
  private long since;
  private Optional<Progress> unsent = Optional.empty();
  private long stuckSince;

  /** A connection that was just made; its first request is awaited. */
  Patience(Limits limits, long now) {
    this.limits = limits;
    this.since = now;
  }

  /** Bytes came that end no part of a request: they begin one, if none was begun. */
  void begun(long now) {
    if (awaited == Awaited.NOTHING) {
      await(Awaited.HEADERS, now);
    }
  }

  /** The headers of a request are whole. */
  void headersCame(long now) {
    await(Awaited.BODY, now);
  }

  /** The request is whole. */
  void requestCame(long now) {
    await(Awaited.NOTHING, now);
  }

  private void await(Awaited next, long now) {
    awaited = next;
    since = now;
  }

  /**
   * Whether the connection has to go.
   *
   * @param listening whether we read at all; time in which we do not is not the peer's
   * @param progress how far writing has come, empty if nothing waits to be taken
   */
  Optional<Cut> check(long now, boolean listening, Optional<Progress> progress) {
    if (!listening) {
      since = now;
    }
    if (progress.isEmpty() || !progress.equals(unsent)) {
      unsent = progress;
      stuckSince = now;
    }
    if (unsent.isPresent() && isOver(stuckSince, limits.answer(), now)) {
      return Optional.of(Cut.SLOW_READER);
    }
    return switch (awaited) {
      case HEADERS -> cutIf(isOver(since, limits.headers(), now), Cut.SLOW_HEADERS);
      case BODY -> cutIf(isOver(since, limits.body(), now), Cut.SLOW_BODY);
      case NOTHING -> Optional.empty();
    };
  }

  private static boolean isOver(long since, Duration limit, long now) {
    return now - since >= limit.toNanos();
  }

  private static Optional<Cut> cutIf(boolean over, Cut cut) {
    return over ? Optional.of(cut) : Optional.empty();
  }
}
