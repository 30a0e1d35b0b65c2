package io.planwarden.resilience;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Both halves of the port: answers after a latency in virtual time, as it was told to. */
final class FakeNcp implements GatewayReads, GatewayWrites {
  private final VirtualTime time;
  private final Queue<UpstreamFailure> script = new ArrayDeque<>();

  /** Asked when the script is empty; null is success. */
  Supplier<@Nullable UpstreamFailure> mood = () -> null;

  Duration latency = Duration.ofMillis(20);

  /** How long a connection takes; only then it is sent. */
  Supplier<Duration> connecting = () -> Duration.ZERO;

  boolean silent;
  int cancelled;
  int underWay;
  int mostUnderWay;

  /** When each attempt was sent, in nanoseconds. */
  final List<Long> sent = new ArrayList<>();

  /** For whom each attempt was sent. */
  final List<String> callers = new ArrayList<>();

  FakeNcp(VirtualTime time) {
    this.time = time;
  }

  FakeNcp answering(UpstreamFailure... failures) {
    script.addAll(List.of(failures));
    return this;
  }

  @Override
  public <T> Uni<T> read(Query<T> query, Call call) {
    return attempt(call, null);
  }

  @Override
  public Uni<Receipt> send(Change change, Call call) {
    return attempt(call, new Receipt(null, 204, 1, latency, false));
  }

  private <T> Uni<T> attempt(Call call, T answer) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Duration connected = connecting.get();
              if (connected.isZero()) {
                if (!sending(call)) {
                  emitter.fail(Failures.withdrawn());
                  return;
                }
              } else {
                Runnable sending = () -> sending(call);
                time.schedule(sending, connected.toNanos(), TimeUnit.NANOSECONDS);
              }
              underWay++;
              mostUnderWay = Math.max(mostUnderWay, underWay);
              UpstreamFailure failure = script.isEmpty() ? mood.get() : script.remove();
              boolean[] over = new boolean[1];
              if (silent) {
                emitter.onTermination(() -> leave(over, null));
                return;
              }
              ScheduledFuture<?> answering =
                  time.schedule(
                      () -> {
                        over[0] = true;
                        underWay--;
                        if (failure == null) {
                          emitter.complete(answer);
                        } else {
                          emitter.fail(failure);
                        }
                      },
                      connected.plus(latency).toNanos(),
                      TimeUnit.NANOSECONDS);
              emitter.onTermination(() -> leave(over, answering));
            });
  }

  private boolean sending(Call call) {
    boolean isSent = call.isSent();
    if (isSent) {
      sent.add(time.nanos());
      callers.add(call.callerId());
    }
    return isSent;
  }

  private void leave(boolean[] over, @Nullable ScheduledFuture<?> answering) {
    if (!over[0]) {
      over[0] = true;
      underWay--;
      cancelled++;
      if (answering != null) {
        answering.cancel(false);
      }
    }
  }
}
