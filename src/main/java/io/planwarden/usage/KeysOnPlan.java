package io.planwarden.usage;

import io.planwarden.gateway.ApiKey;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Pages;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.PlanStage;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Subscription;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the API keys that are on a plan. NCP has no list of them, so each key of each product that
 * has a stage with the plan is looked at: the products by their ids, the keys in NCP's order. It
 * may be stopped anywhere, and begun again where it was stopped. Not thread-safe.
 */
final class KeysOnPlan {
  private static final int KEYS_AT_ONCE = 100;

  /**
   * Where a search is: at a key of a product, or of the one after it, should that have no stage
   * with the plan any more.
   *
   * @param key how many of the product's keys lie before
   */
  record Place(String productId, long key) {
    static final Place START = new Place("", 0);

    private long keysBefore(String ofProduct) {
      return productId.equals(ofProduct) ? key : 0;
    }
  }

  /** A key on a stage where it is on the plan. */
  record Found(String productId, String apiKeyId, Subscription subscription) {}

  private final String usagePlanId;
  private final FewReads reads;
  private final Call call;
  private final List<PlanStage> stages = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private final NavigableSet<String> products = new TreeSet<>();
  private final List<UpstreamFailure> passedOver = new ArrayList<>();
  private boolean allAskable = true;
  private Place place;
  private boolean ended;
  private @Nullable Throwable stoppedBy;

  KeysOnPlan(String usagePlanId, Place start, FewReads reads, Call call) {
    this.usagePlanId = usagePlanId;
    this.place = start;
    this.reads = reads;
    this.call = call;
  }

  /**
   * Looks until the end, until so many are found, until the reads are spent, or until NCP fails.
   * All that is found of one key is found together, and so may be a few more.
   */
  Uni<Void> find(int most) {
    return Pages.all(paging -> reads.read(new Query.StagesOfPlan(usagePlanId, paging), call))
        .invoke(this::see)
        .chain(() -> search(most))
        .onFailure(e -> e instanceof UpstreamFailure || e instanceof FewReads.Spent)
        .recoverWithUni(
            e -> {
              stoppedBy = e;
              return Uni.createFrom().voidItem();
            });
  }

  private void see(List<PlanStage> all) {
    stages.addAll(all);
    all.stream().map(PlanStage::productId).filter(this::isAskable).forEach(products::add);
  }

  /** What NCP cannot be asked about is passed over, and may be what is looked for. */
  private boolean isAskable(@Nullable String id) {
    boolean askable = Ids.isValid(id);
    allAskable &= askable;
    return askable;
  }

  private Uni<Void> search(int most) {
    String productId = products.ceiling(place.productId());
    if (productId == null) {
      ended = true;
      return Uni.createFrom().voidItem();
    }
    Paging paging = new Paging(place.keysBefore(productId), KEYS_AT_ONCE);
    return Pages.window(paging, each -> reads.read(new Query.ApiKeys(productId, each), call))
        .chain(page -> look(productId, page.items(), 0, most).replaceWith(page))
        .invoke(
            page -> {
              if (page.items().isEmpty() || place.keysBefore(productId) >= page.total()) {
                leave(productId);
              }
            })
        .onFailure(UpstreamFailure::isDenied)
        .recoverWithItem(
            denied -> {
              passedOver.add((UpstreamFailure) denied);
              leave(productId);
              return null;
            })
        .chain(() -> ended || found.size() >= most ? Uni.createFrom().voidItem() : search(most));
  }

  /** The next page does not begin at a product's end: NCP may refuse to be asked for that. */
  private void leave(String productId) {
    String next = products.higher(productId);
    if (next == null) {
      ended = true;
    } else {
      place = new Place(next, 0);
    }
  }

  private Uni<Void> look(String productId, List<ApiKey> keys, int next, int most) {
    if (next == keys.size() || found.size() >= most) {
      return Uni.createFrom().voidItem();
    }
    String apiKeyId = keys.get(next).apiKeyId();
    return (isAskable(apiKeyId)
            ? look(productId, Objects.requireNonNull(apiKeyId))
            : Uni.createFrom().voidItem())
        .invoke(() -> place = new Place(productId, place.keysBefore(productId) + 1))
        .chain(() -> look(productId, keys, next + 1, most));
  }

  private Uni<Void> look(String productId, String apiKeyId) {
    return Pages.all(
            paging -> reads.read(new Query.Subscriptions(productId, apiKeyId, null, paging), call))
        // It was deleted meanwhile.
        .onFailure(UpstreamFailure::isMissing)
        .recoverWithItem(List.of())
        .invoke(
            all ->
                all.stream()
                    .filter(each -> usagePlanId.equals(each.usagePlanId()))
                    .forEach(each -> found.add(new Found(productId, apiKeyId, each))))
        .replaceWithVoid();
  }

  /** The stages that the plan is on; empty if they could not be read. */
  List<PlanStage> stages() {
    return List.copyOf(stages);
  }

  List<Found> found() {
    return List.copyOf(found);
  }

  /** Where to go on, null at the end. */
  @Nullable Place next() {
    return ended ? null : place;
  }

  /** Whether none of the keys that were looked for is missing. */
  boolean complete() {
    return stoppedBy == null && passedOver.isEmpty() && allAskable;
  }

  /** NCP's refusal, if it lets us see the keys of none of the products; else null. */
  @Nullable UpstreamFailure denied() {
    return !passedOver.isEmpty() && passedOver.size() == products.size() ? passedOver.get(0) : null;
  }

  /** What stopped it before its time; null if nothing did. */
  @Nullable Throwable stoppedBy() {
    return stoppedBy;
  }
}
