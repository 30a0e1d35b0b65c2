package io.planwarden.resilience;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A Planwarden and its NCP in virtual time. */
final class World {
  static final Query<?> QUERY = new Query.GetPlan("plan1");
  static final StageRef STAGE = new StageRef("product", "api", "stage");
  static final Limits LIMITS = new Limits(1, null, null, null);
  static final PlanSettings SETTINGS = new PlanSettings("name", null, LIMITS);
  static final Map<CallKind, Change> CHANGES =
      Map.of(
          CallKind.REPEATABLE, new Change.EditPlan("plan1", SETTINGS),
          CallKind.ATTACHMENT, new Change.AttachStage(STAGE, "plan1"),
          CallKind.CREATION, new Change.CreatePlan(SETTINGS));

  /** One key pair and no other. */
  static final SigningKeys ONE_PAIR =
      new SigningKeys() {
        @Override
        public int number() {
          return 0;
        }

        @Override
        public boolean replace(int refused) {
          return false;
        }
      };

  final VirtualTime time = new VirtualTime();
  final FakeNcp ncp = new FakeNcp(time);
  final Heard heard = new Heard();
  final Resilience resilience;
  int reloads;
  int keyPair;
  int share;
  boolean anotherPair;

  World(String... keysAndValues) {
    ResilienceConfig config = Configs.with(keysAndValues);
    share = config.rate();
    resilience =
        new Resilience(
            ncp,
            ncp,
            config,
            () -> share,
            time.surroundings(new Random(7)),
            new SigningKeys() {
              @Override
              public int number() {
                return keyPair;
              }

              @Override
              public boolean replace(int refused) {
                reloads++;
                keyPair += anotherPair ? 1 : 0;
                return anotherPair;
              }
            },
            heard);
  }

  Wish read() {
    return read("a", Duration.ofSeconds(30));
  }

  Wish read(String caller, Duration patience) {
    return new Wish(resilience.reads().read(QUERY, new Call(caller, time.in(patience), Reach.ALL)));
  }

  Wish send(CallKind kind) {
    return kind == CallKind.READ ? read() : send(CHANGES.get(kind));
  }

  Wish send(Change change) {
    return new Wish(
        resilience
            .writes()
            .send(change, new Call("a", time.in(Duration.ofSeconds(30)), Reach.ALL)));
  }

  /** A call and how it ended. */
  final class Wish {
    Object item;
    boolean succeeded;
    Throwable failure;
    long endedAt;
    final Cancellable subscription;

    Wish(Uni<?> uni) {
      subscription =
          uni.subscribe()
              .with(
                  i -> {
                    item = i;
                    succeeded = true;
                    endedAt = time.millis();
                  },
                  f -> {
                    failure = f;
                    endedAt = time.millis();
                  });
    }

    boolean isOver() {
      return succeeded || failure != null;
    }

    UpstreamFailure upstream() {
      return (UpstreamFailure) failure;
    }
  }

  /** Counts what is told. */
  static final class Heard implements ResilienceEvents {
    final Map<Hold, Integer> held = new EnumMap<>(Hold.class);
    final List<BreakerState> breaker = new ArrayList<>();
    final List<GivenUp> givenUp = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    int sent;
    int retries;
    int hits;
    int loadedInVain;

    @Override
    public void sent(CallKind kind, Duration waited) {
      sent++;
    }

    @Override
    public void heldBack(Hold hold) {
      held.merge(hold, 1, Integer::sum);
    }

    @Override
    public void retried(CallKind kind, FailureClass failure) {
      retries++;
    }

    @Override
    public void givenUp(GivenUp why) {
      givenUp.add(why);
    }

    @Override
    public void paused(Duration pause) {
      pauses.add(pause);
    }

    @Override
    public void breaker(BreakerState state) {
      breaker.add(state);
    }

    @Override
    public void credentialsReloaded(boolean changed) {
      loadedInVain += changed ? 0 : 1;
    }

    @Override
    public void cacheAsked(boolean hit) {
      hits += hit ? 1 : 0;
    }
  }
}
