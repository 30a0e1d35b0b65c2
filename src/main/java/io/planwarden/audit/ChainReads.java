package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chain from its first row to the last that is there when the reading begins: page by
 * page, when the page is asked for. Between two pages neither a thread nor a transaction is held.
 */
@Singleton
public class ChainReads {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Store store;
  private final AtomicBoolean busy = new AtomicBoolean();

  ChainReads(Store store) {
    this.store = store;
  }

  /**
   * Checks the chain. One check runs at a time: another fails with {@code audit-busy}.
   *
   * @param anchor what it is held against, null if nothing
   */
  public Uni<Verification> verify(@Nullable Anchor anchor) {
    return alone(() -> check(anchor));
  }

  /** Runs work that reads the whole chain or shortens it, if no other is running. */
  <T> Uni<T> alone(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (!busy.compareAndSet(false, true)) {
                throw new FacadeException(
                        ErrorCode.AUDIT_BUSY, "The audit is being verified or archived already.")
                    .retryAfter(AGAIN);
              }
              return work.get().onTermination().invoke(() -> busy.set(false));
            });
  }

  /** The check itself; for those that are alone. */
  Uni<Verification> check(@Nullable Anchor anchor) {
    return Uni.createFrom()
        .deferred(
            () -> {
              ChainCheck check = new ChainCheck(anchor, null);
              return pages(null, null)
                  .onItem()
                  .invoke(page -> page.rows().forEach(check::add))
                  .collect()
                  .last()
                  .map(end -> check.end());
            });
  }

  /**
   * The rows as lines of JSON, some lines at a time, the oldest first. The last line of an item has
   * no end: the HTTP layer writes one after each item.
   *
   * @param from only rows at or after it, null is from the first on
   * @param to only rows before it, null is up to the last
   */
  public Multi<String> export(@Nullable Instant from, @Nullable Instant to) {
    return pages(from, to)
        .filter(page -> !page.rows().isEmpty())
        .map(
            page ->
                page.rows().stream()
                    .map(row -> ExportLine.write(row.text(), row.hash()))
                    .collect(Collectors.joining("\n")));
  }

  private Multi<ChainPage> pages(@Nullable Instant from, @Nullable Instant to) {
    return Reading.of(
            store,
            connection -> {
              SeqRange all = SeqRange.of(connection, from, to);
              return new SeqRange(from == null ? ChainPage.START : all.low() - 1, all.high() - 1);
            })
        .onItem()
        .transformToMulti(range -> pages(range.low(), range.high()));
  }

  private Multi<ChainPage> pages(long after, long last) {
    AtomicLong position = new AtomicLong(after);
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                Reading.of(store, connection -> ChainPage.read(connection, position.get(), last))
                    .invoke(page -> position.set(page.last())))
        .whilst(ChainPage::isFull);
  }
}
