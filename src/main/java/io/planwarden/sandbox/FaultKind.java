package io.planwarden.sandbox;

import java.util.List;
import java.util.function.Function;

/** A fault as rules name it: its name, the parameters it may have, and how it comes of them. */
record FaultKind(String name, List<String> parameters, Function<Body, Fault> make) {

  private static final List<FaultKind> ALL =
      List.of(
          plain("drop", Losses::drop),
          plain("never-answer", Losses::neverAnswer),
          plain("never-answer-applied", Losses::neverAnswerApplied),
          plain("reset-before-effect", Losses::resetBeforeEffect),
          plain("reset-after-effect", Losses::resetAfterEffect),
          plain("reset-in-headers", Losses::resetInHeaders),
          plain("reset-in-body", Losses::resetInBody),
          new FaultKind("late-commit", LateCommit.PARAMETERS, LateCommit::parse),
          new FaultKind("delay", Delay.PARAMETERS, Delay::parse),
          plain("no-effect", new NoEffect()),
          new FaultKind("stale-reads", StaleReads.PARAMETERS, StaleReads::parse),
          new FaultKind("status", WrongStatus.PARAMETERS, WrongStatus::parse),
          new FaultKind("rate-limit", RateLimit.PARAMETERS, RateLimit::parse),
          new FaultKind("redirect", Redirect.PARAMETERS, Redirect::parse),
          plain("wrong-id", new WrongId()),
          plain("truncated", Spoiling::truncated),
          plain("gzip-bomb", Spoiling::gzipBomb),
          new FaultKind("endless", Endless.PARAMETERS, Endless::parse));

  private static FaultKind plain(String name, Fault fault) {
    return new FaultKind(name, List.of(), body -> fault);
  }

  static FaultKind named(String name) {
    return ALL.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "no fault %s; there are %s"
                        .formatted(name, ALL.stream().map(FaultKind::name).toList())));
  }
}
