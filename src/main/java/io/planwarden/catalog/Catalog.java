package io.planwarden.catalog;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Missing;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.StageRef;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.SameContext;
import io.planwarden.request.UnderWay;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows all stages, and so what a stage reference means. Thread-safe; does not block. The stages
 * are read at most once at a time, however many ask, and the reading ends when it ends: it is a
 * call for each product, and so may take longer than any caller can wait.
 */
@Singleton
public class Catalog {
  private static final String CALLER = "catalog";
  // At NCP's default rate the time for 5,000 products.
  private static final Duration LONGEST_READING = Duration.ofMinutes(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(Catalog.class);

  private final StageReader reader;
  private final CatalogConfig config;
  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer;
  private final AtomicReference<StageIndex> index = new AtomicReference<>(StageIndex.NEVER_READ);
  private final UnderWay<StageIndex> reading = new UnderWay<>();
  private volatile Instant failedAt = Instant.MIN;

  Catalog(
      GatewayReads reads, CatalogConfig config, Clock clock, ScheduledThreadPoolExecutor timer) {
    this.reader = new StageReader(reads);
    this.config = config;
    this.clock = clock;
    this.timer = timer;
  }

  /** All stages within reach, at most twice the time to live old, for nobody else looks at them. */
  public Uni<List<CatalogStage>> stages(Call call) {
    return SameContext.of(
            () -> {
              refresh();
              return notOlderThan(config.timeToLive().multipliedBy(2), call.deadline());
            })
        .map(read -> within(call.reach(), read.stages()));
  }

  /**
   * The stage that a reference means, {@code productId:apiId:stageId} or a stage id alone. A
   * malformed one throws at once, before anything is read.
   *
   * @param productId where to look for a stage id, null for everywhere
   * @param call until when its caller waits, and what it may see; a stage that is only outside that
   *     is refused
   * @return fails with {@code stage-not-found}, {@code stage-ambiguous} or {@code
   *     product-forbidden}, and with {@code upstream-busy} at the deadline
   */
  public Uni<CatalogStage> stage(String reference, @Nullable String productId, Call call) {
    Optional<StageRef> parsed = StageRef.parse(reference);
    String product = productId == null ? null : Ids.check("productId", productId);
    String stageId = parsed.map(StageRef::stageId).orElse(reference);
    return find(
            read ->
                read.find(stageId).stream()
                    .filter(stage -> product == null || product.equals(stage.productId()))
                    .filter(stage -> parsed.isEmpty() || parsed.get().equals(stage.ref()))
                    .toList(),
            call.deadline())
        .map(found -> single(reference, found, call.reach()));
  }

  /** The same, as the gateway needs it. */
  public Uni<StageRef> resolve(String reference, @Nullable String productId, Call call) {
    return stage(reference, productId, call).map(CatalogStage::ref);
  }

  /**
   * A stage that is known is believed, however old the reading is: nobody waits for the next one,
   * and of a stage that is gone NCP itself says so. One that is not known is looked for again,
   * unless that was done a short time ago.
   */
  private Uni<List<CatalogStage>> find(
      Function<StageIndex, List<CatalogStage>> meant, Instant deadline) {
    return SameContext.of(
        () -> {
          List<CatalogStage> known = meant.apply(index.get());
          if (known.isEmpty()) {
            return notOlderThan(config.missTimeToLive(), deadline).map(meant);
          }
          refresh();
          return Uni.createFrom().item(known);
        });
  }

  private static List<CatalogStage> within(Reach reach, List<CatalogStage> stages) {
    return stages.stream().filter(stage -> reach.covers(stage.productId())).toList();
  }

  private static CatalogStage single(String reference, List<CatalogStage> all, Reach reach) {
    if (all.isEmpty()) {
      throw Missing.stage(reference);
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

  /** Reads what is too old, behind whoever asks; what could not be read, not at once again. */
  private void refresh() {
    if (isOver(index.get().readAt(), config.timeToLive())
        && isOver(failedAt, config.missTimeToLive())) {
      read()
          .subscribe()
          .with(read -> {}, failure -> LOG.warnf("the stages could not be read: %s", failure));
    }
  }

  private Uni<StageIndex> notOlderThan(Duration age, Instant deadline) {
    StageIndex known = index.get();
    return isOver(known.readAt(), age) ? until(deadline, read()) : Uni.createFrom().item(known);
  }

  /** The reading goes on, for whoever asks next. */
  private Uni<StageIndex> until(Instant deadline, Uni<StageIndex> running) {
    Duration left = Duration.between(clock.instant(), deadline);
    return running
        .ifNoItem()
        .after(left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left)
        .on(timer)
        .failWith(
            () ->
                new FacadeException(
                        ErrorCode.UPSTREAM_BUSY,
                        "The stages of all products were still being read at the deadline.")
                    .retryAfter(RETRY_AFTER));
  }

  private boolean isOver(Instant begin, Duration age) {
    return !begin.isAfter(clock.instant().minus(age));
  }

  /** The reading that is under way, or a new one. Its age counts from its end: it may be long. */
  private Uni<StageIndex> read() {
    return reading.or(
        () ->
            Uni.createFrom()
                .deferred(() -> reader.readAll(call()))
                .map(stages -> StageIndex.of(clock.instant(), stages))
                .invoke(index::set)
                .onFailure()
                .invoke(() -> failedAt = clock.instant()));
  }

  private Call call() {
    return new Call(CALLER, clock.instant().plus(LONGEST_READING), Reach.ALL);
  }
}
