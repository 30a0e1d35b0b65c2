package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.GatewayWrites;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Receipt;
import io.planwarden.gateway.StagePlans;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.gateway.UsagePlan;
import io.planwarden.problem.ErrorCode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An NCP of a few plans, one stage and one API key, whose answers to changes are scripted. */
final class FakeGateway implements GatewayReads, GatewayWrites {
  final Map<String, UsagePlan> plans = new TreeMap<>();
  final TreeSet<String> attached = new TreeSet<>();
  final List<Change> sent = new ArrayList<>();
  final Deque<Function<Change, Uni<Receipt>>> script = new ArrayDeque<>();
  boolean readsFail;

  Limits limits = new Limits(null, null, null, null);

  /** The plan of the key. */
  String assigned = "plan000001";

  /** What becomes of a read's answer, which is from when the read began. */
  UnaryOperator<Uni<?>> reading = UnaryOperator.identity();

  int looks;
  Call lastLook;

  FakeGateway() {
    plans.put("plan000001", plan("plan000001", "A", 1));
  }

  static UsagePlan plan(String id, String name, int rate) {
    return new UsagePlan(
        id, name, null, rate, null, null, null, null, null, null, null, null, null, null);
  }

  static UpstreamFailure lost() {
    return UpstreamFailure.unanswered(
        FailureClass.AMBIGUOUS,
        ErrorCode.UPSTREAM_TIMEOUT,
        "no answer",
        new IllegalStateException("timeout"));
  }

  private static UpstreamFailure withdrawn() {
    return UpstreamFailure.heldBack(
        ErrorCode.TARGET_BUSY, "No longer to be made.", Duration.ofSeconds(1));
  }

  /** From now on a read has no answer until its deadline. */
  void leaveReadsUnanswered(VirtualTime time) {
    reading =
        read ->
            Uni.createFrom()
                .nothing()
                .ifNoItem()
                .after(Duration.between(time.now(), lastLook.deadline()))
                .on(time)
                .failWith(FakeGateway::lost);
  }

  /** From now on a read takes so long, and has no answer if that is after its deadline. */
  void slowDownReads(VirtualTime time, Duration by) {
    reading =
        read -> {
          Duration left = Duration.between(time.now(), lastLook.deadline());
          return by.compareTo(left) > 0
              ? Uni.createFrom().nothing().ifNoItem().after(left).on(time).failWith(lost())
              : read.onItem().delayIt().onExecutor(time).by(by);
        };
  }

  static UpstreamFailure answered(int status) {
    return UpstreamFailure.answered(
        status >= 500 ? FailureClass.SERVER_FAULT : FailureClass.PERMANENT,
        status == 404 ? ErrorCode.UPSTREAM_NOT_FOUND : ErrorCode.UPSTREAM_REJECTED,
        "answered",
        status,
        null,
        null);
  }

  /** Takes effect and says so. */
  Uni<Receipt> take(Change change) {
    effect(change);
    UsagePlan plan =
        change instanceof Change.EditPlan edit
            ? plans.get(edit.usagePlanId())
            : change instanceof Change.CreatePlan ? plans.get("newplan001") : null;
    return Uni.createFrom().item(new Receipt(plan, 200, 1, Duration.ofMillis(5), false));
  }

  void effect(Change change) {
    if (change instanceof Change.EditPlan edit) {
      plans.put(edit.usagePlanId(), with(edit.usagePlanId(), edit.settings()));
    } else if (change instanceof Change.CreatePlan create) {
      plans.put("newplan001", with("newplan001", create.settings()));
    } else if (change instanceof Change.DeletePlan delete) {
      plans.remove(delete.usagePlanId());
    } else if (change instanceof Change.AttachStage attach) {
      attached.add(attach.usagePlanId());
    } else if (change instanceof Change.DetachStage detach) {
      attached.remove(detach.usagePlanId());
    } else if (change instanceof Change.AssignPlan assign) {
      assigned = assign.usagePlanId();
    } else if (change instanceof Change.SetDefaultLimits set) {
      limits = set.limits();
    }
  }

  private static UsagePlan with(String id, PlanSettings settings) {
    Integer rate = settings.limits().rateRps();
    return plan(id, settings.usagePlanName(), rate == null ? 0 : rate);
  }

  private Subscription subscription(Query.Subscriptions of) {
    return new Subscription(
        null,
        null,
        of.stageId(),
        null,
        of.apiKeyId(),
        null,
        assigned,
        null,
        0L,
        0L,
        null,
        null,
        null);
  }

  @Override
  public Uni<Receipt> send(Change change, Call call) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (!call.isSent()) {
                return Uni.createFrom().failure(withdrawn());
              }
              sent.add(change);
              Function<Change, Uni<Receipt>> answer = script.poll();
              return answer == null ? take(change) : answer.apply(change);
            });
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> Uni<T> read(Query<T> query, Call call) {
    return Uni.createFrom()
        .deferred(
            () -> {
              looks++;
              lastLook = call;
              return readsFail
                  ? Uni.createFrom().failure(lost())
                  : (Uni<T>) reading.apply(answer(query));
            });
  }

  private Uni<?> answer(Query<?> query) {
    if (query instanceof Query.GetPlan get) {
      UsagePlan plan = plans.get(get.usagePlanId());
      return plan == null ? Uni.createFrom().failure(answered(404)) : Uni.createFrom().item(plan);
    }
    if (query instanceof Query.SearchPlans) {
      return Uni.createFrom().item(new Page<>(List.copyOf(plans.values()), plans.size()));
    }
    if (query instanceof Query.StagesOfPlan of) {
      List<PlanStage> stages =
          attached.contains(of.usagePlanId())
              ? List.of(new PlanStage("p", "P", "a", "A", "s", "S"))
              : List.of();
      return Uni.createFrom().item(new Page<>(stages, stages.size()));
    }
    if (query instanceof Query.DefaultLimits) {
      return Uni.createFrom().item(limits);
    }
    if (query instanceof Query.Subscriptions of) {
      return Uni.createFrom().item(new Page<>(List.of(subscription(of)), 1));
    }
    List<UsagePlan> on = attached.stream().map(id -> plan(id, id, 1)).toList();
    return Uni.createFrom()
        .item(new StagePlans(new Limits(null, null, null, null), new Page<>(on, on.size())));
  }
}
