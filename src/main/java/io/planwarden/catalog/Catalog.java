package io.planwarden.catalog;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.StageRef;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.SameContext;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows all stages, and so what a stage reference means. Thread-safe; does not block. The stages
 * are read at most once at a time, however many ask.
 */
@Singleton
public class Catalog {
  private static final String CALLER = "catalog";
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  private final StageReader reader;
  private final CatalogConfig config;
  private final Clock clock;
  private final AtomicReference<StageIndex> index = new AtomicReference<>(StageIndex.NEVER_READ);
  private final AtomicReference<@Nullable Uni<StageIndex>> refresh = new AtomicReference<>();

  Catalog(GatewayReads reads, CatalogConfig config, Clock clock) {
    this.reader = new StageReader(reads);
    this.config = config;
    this.clock = clock;
  }

  /** All stages within reach, at most the time to live old. */
  public Uni<List<CatalogStage>> stages(Reach reach) {
    return notOlderThan(config.timeToLive()).map(index -> within(reach, index.stages()));
  }

  /**
   * The stage that a reference means, {@code productId:apiId:stageId} or a stage id alone. A
   * malformed one throws at once, before anything is read.
   *
   * @param productId where to look for a stage id, null for everywhere
   * @param reach what the caller may see; a stage that is only outside it is refused
   * @return fails with {@code stage-not-found}, {@code stage-ambiguous} or {@code
   *     product-forbidden}
   */
  public Uni<CatalogStage> stage(String reference, @Nullable String productId, Reach reach) {
    Optional<StageRef> parsed = StageRef.parse(reference);
    String product = productId == null ? null : Ids.check("productId", productId);
    String stageId = parsed.map(StageRef::stageId).orElse(reference);
    return find(stageId)
        .map(
            found ->
                found.stream()
                    .filter(stage -> product == null || product.equals(stage.productId()))
                    .filter(stage -> parsed.isEmpty() || parsed.get().equals(stage.ref()))
                    .toList())
        .map(found -> single(reference, found, reach));
  }

  /** The same, as the gateway needs it. */
  public Uni<StageRef> resolve(String reference, @Nullable String productId, Reach reach) {
    return stage(reference, productId, reach).map(CatalogStage::ref);
  }

  /**
   * A stage that is not known is looked for again, unless that was done a short time ago; one that
   * was known is believed while NCP does not answer.
   */
  private Uni<List<CatalogStage>> find(String stageId) {
    return Uni.createFrom()
        .deferred(
            () -> {
              StageIndex known = index.get();
              return known.find(stageId).isEmpty()
                  ? notOlderThan(config.missTimeToLive())
                  : notOlderThan(config.timeToLive()).onFailure().recoverWithItem(known);
            })
        .map(stages -> stages.find(stageId));
  }

  private static List<CatalogStage> within(Reach reach, List<CatalogStage> stages) {
    return stages.stream().filter(stage -> reach.covers(stage.productId())).toList();
  }

  private static CatalogStage single(String reference, List<CatalogStage> all, Reach reach) {
    if (all.isEmpty()) {
      throw new FacadeException(ErrorCode.STAGE_NOT_FOUND, "NCP knows no stage " + reference + ".");
    }
    List<CatalogStage> found = within(reach, all);
    if (found.isEmpty()) {
      reach.require(all.get(0).productId());
    }
    if (found.size() > 1) {
      throw new FacadeException(
              ErrorCode.STAGE_AMBIGUOUS, "Several stages have the id " + reference + ".")
          .with("stages", found.stream().map(stage -> stage.ref().toString()).toList());
    }
    return found.get(0);
  }

  private Uni<StageIndex> notOlderThan(Duration age) {
    return SameContext.of(
        () -> {
          StageIndex known = index.get();
          Instant oldest = clock.instant().minus(age);
          return known.readAt().isAfter(oldest) ? Uni.createFrom().item(known) : read();
        });
  }

  private Uni<StageIndex> read() {
    Instant begun = clock.instant();
    Uni<StageIndex> mine =
        Uni.createFrom()
            .deferred(() -> reader.readAll(new Call(CALLER, begun.plus(READ_TIMEOUT), Reach.ALL)))
            .map(stages -> StageIndex.of(begun, stages))
            .invoke(index::set)
            .onTermination()
            .invoke(() -> refresh.set(null))
            .memoize()
            .indefinitely();
    Uni<StageIndex> running = refresh.compareAndExchange(null, mine);
    return running == null ? mine : running;
  }
}
