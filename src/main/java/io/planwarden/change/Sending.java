package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import java.time.Clock;

/** Sends changes to NCP. Thread-safe; does not block. */
final class Sending {
  private static final int MOST_SENDINGS = 3;

  private final GatewayWrites writes;
  private final OwnChanges own;
  private final Clock clock;
  private final Pause pause;

  Sending(GatewayWrites writes, OwnChanges own, Clock clock, Pause pause) {
    this.writes = writes;
    this.own = own;
    this.clock = clock;
    this.pause = pause;
  }

  /** What came of it; never fails for what NCP does. */
  Uni<Sent> send(Progress progress, Image before, Call call) {
    return send(progress, before, call, 1, Sent.Earlier.NOTHING);
  }

  /** Sends, and where a look must decide it, looks and sends again. */
  private Uni<Sent> send(
      Progress progress, Image before, Call call, int sendings, Sent.Earlier earlier) {
    return writes
        .send(progress.course.change(), progress.toBeSent(call))
        .map(receipt -> Sent.taken(receipt, earlier))
        .onFailure(UpstreamFailure.class)
        .recoverWithUni(
            failure -> {
              Sent sent = Sent.failed((UpstreamFailure) failure, earlier);
              return sendings < MOST_SENDINGS && toBeSentAgain(progress, sent)
                  ? lookAndSendAgain(progress, before, call, sendings, sent)
                  : Uni.createFrom().item(sent);
            });
  }

  private boolean toBeSentAgain(Progress progress, Sent sent) {
    return progress.course.repeatableAfterLook()
        && sent.failure() != null
        && !sent.failure().kind().provesNoEffect()
        && clock.instant().isBefore(progress.origin.deadline());
  }

  private Uni<Sent> lookAndSendAgain(
      Progress progress, Image before, Call call, int sendings, Sent sent) {
    return pause
        .of(Pause.beforeLook(sendings))
        .chain(() -> own.find(progress.course, before, call))
        .onItemOrFailure()
        .transformToUni(
            (finding, failure) ->
                finding == null || finding.inEffect()
                    ? Uni.createFrom().item(sent)
                    : send(progress, before, call, sendings + 1, sent.leftOpen()));
  }
}
