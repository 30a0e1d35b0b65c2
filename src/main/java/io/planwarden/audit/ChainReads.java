package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chain from its first row on: page by page, when the page is asked for. Between two
 * pages neither a thread nor a transaction is held.
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

  /**
   * The check itself; for those that are alone. What another process archives meanwhile is missing
   * behind what was read before; so it counts only if nothing was.
   */
  Uni<Verification> check(@Nullable Anchor anchor) {
    return checkOnce(anchor)
        .chain(
            found ->
                found.verdict() == Verification.Verdict.BAD
                    ? beginsLater(found)
                        .chain(later -> later ? check(anchor) : Uni.createFrom().item(found))
                    : Uni.createFrom().item(found));
  }

  private Uni<Boolean> beginsLater(Verification found) {
    Long first = found.firstSeq();
    return Reading.of(store, connection -> first != null && SeqRange.first(connection) > first);
  }

  private Uni<Verification> checkOnce(@Nullable Anchor anchor) {
    return Uni.createFrom()
        .deferred(
            () -> {
              ChainCheck check = new ChainCheck(anchor, null);
              // Where the page is read: on an event loop other requests would wait for it.
              return pages(
                      ChainPage.START,
                      Long.MAX_VALUE,
                      (connection, after, page) -> page.rows().forEach(check::add))
                  .collect()
                  .last()
                  .map(end -> check.end());
            });
  }

  /**
   * The rows as lines of JSON, some lines at a time, the oldest first. The last line of an item has
   * no end: the HTTP layer writes one after each item. It ends with the last row that is there when
   * it begins; it fails on the way if rows are archived that it has not come to.
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
              SeqRange wanted = SeqRange.of(connection, from, to);
              // What is appended from now on is none of it.
              long last = Math.min(SeqRange.last(connection), wanted.high() - 1);
              return new SeqRange(wanted.low() - 1, last);
            })
        .onItem()
        .transformToMulti(
            range ->
                pages(
                    range.low(),
                    range.high(),
                    (connection, after, page) ->
                        refuseGap(
                            connection, after, page.isFull() ? page.last() : range.high(), page)));
  }

  /**
   * A page without rows that were there when the reading began must not pass for a whole one. Rows
   * that are missing otherwise are for a verification to find.
   *
   * @param last the number with which the page should end
   */
  private static void refuseGap(Connection connection, long after, long last, ChainPage page)
      throws SQLException {
    boolean whole = after == ChainPage.START || page.rows().size() == last - after;
    if (!whole && SeqRange.first(connection) > after + 1) {
      throw new FacadeException(
              ErrorCode.AUDIT_UNAVAILABLE,
              "Rows were archived before they were read: export again.")
          .retryAfter(AGAIN);
    }
  }

  /** What is done with a page, where it is read. */
  @FunctionalInterface
  private interface Use {
    void of(Connection connection, long after, ChainPage page) throws SQLException;
  }

  private Multi<ChainPage> pages(long after, long last, Use use) {
    AtomicLong position = new AtomicLong(after);
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                Reading.of(
                    store,
                    connection -> {
                      ChainPage page = ChainPage.read(connection, position.get(), last);
                      use.of(connection, position.get(), page);
                      position.set(page.last());
                      return page;
                    }))
        .whilst(ChainPage::isFull);
  }
}
