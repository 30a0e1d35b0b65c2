package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.storage.Store;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks things up in the audit. Thread-safe; does not block the caller's event loop. A row that
 * somebody made into none is left out of lists, so that the others can be read; an operation is not
 * told without it.
 */
@Singleton
public class AuditQuery {
  private static final Logger LOG = Logger.getLogger(AuditQuery.class);
  static final String OF_OPERATION =
      "SELECT seq, row_json, hash FROM audit WHERE operation_id = ? ORDER BY seq";
  static final String NEWEST =
      "SELECT seq, row_json, hash FROM audit WHERE seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?";
  static final String ONE = "SELECT seq, row_json, hash FROM audit WHERE seq = ?";
  static final String BEGINS =
      "SELECT 1 FROM audit AS a WHERE a.seq = ? AND NOT EXISTS (SELECT 1 FROM audit AS b"
          + " WHERE b.operation_id = a.operation_id AND b.seq < a.seq)";

  private static final int PORTION = 500;
  private static final int MOST_EFFECTS = 10_000;

  /**
   * Part of a list, newest first.
   *
   * @param next the number below which the list goes on, null at its end. There may be a next
   *     although a filtered page is short: a page looks at a bounded part of the index.
   */
  public record Page<T>(List<T> items, @Nullable Long next) {}

  /** What is stored under a number; empty if that is no row. */
  private record Numbered(long seq, Optional<AuditRow> row) {}

  private final Store store;
  private final TermIndex index;

  AuditQuery(Store store, TermIndex index) {
    this.store = store;
    this.index = index;
  }

  /**
   * Rows from the newest to the oldest.
   *
   * @param before only rows with a smaller number
   * @param limit at most so many
   */
  public Uni<Page<AuditRow>> list(AuditFilter filter, long before, int limit) {
    return stored(filter, before, limit).map(AuditQuery::rows);
  }

  /**
   * The same for those who conclude something from what is not in it: empty if one of the rows is
   * none.
   */
  public Uni<Optional<Page<AuditRow>>> whole(AuditFilter filter, long before, int limit) {
    return stored(filter, before, limit)
        .map(
            page ->
                Optional.of(rows(page)).filter(rows -> rows.items().size() == page.items().size()));
  }

  private Uni<Page<Numbered>> stored(AuditFilter filter, long before, int limit) {
    if (filter.terms().isEmpty()) {
      return Reading.of(store, connection -> newest(connection, filter, before, limit));
    }
    return index
        .catchUp()
        .chain(() -> Reading.of(store, connection -> found(connection, filter, before, limit)));
  }

  private static Page<Numbered> newest(
      Connection connection, AuditFilter filter, long before, int limit) throws SQLException {
    SeqRange range = SeqRange.of(connection, filter.from(), filter.to());
    long high = Math.min(before, range.high());
    // One more than is wanted tells whether the list goes on.
    List<Numbered> found = stored(connection, NEWEST, range.low(), high, limit + 1);
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<Numbered> page = found.subList(0, limit);
    return new Page<>(page, page.get(limit - 1).seq());
  }

  private static Page<Numbered> found(
      Connection connection, AuditFilter filter, long before, int limit) throws SQLException {
    SeqRange range = SeqRange.of(connection, filter.from(), filter.to());
    TermWalk walk = new TermWalk(filter.terms(), range.low(), Math.min(before, range.high()));
    TermWalk.Found found = walk.find(connection, limit, seq -> true);
    List<Numbered> items = new ArrayList<>();
    for (long seq : found.seqs()) {
      items.addAll(stored(connection, ONE, seq));
    }
    return new Page<>(items, found.next());
  }

  /** The operation with this id, if it is recorded; fails if one of its rows is none. */
  public Uni<Optional<Operation>> operation(String operationId) {
    return Reading.of(
        store,
        connection ->
            whole(connection, operationId)
                .map(Operation::fold)
                .orElseThrow(
                    () ->
                        new FacadeException(
                            ErrorCode.INTERNAL_ERROR,
                            "A row of operation %s cannot be read: verify the audit."
                                .formatted(operationId))));
  }

  /**
   * The operations that requests with this id began, newest first.
   *
   * @param callerId only those of callers with this id; null is everybody's
   * @param before only operations that began at a row with a smaller number
   * @param limit at most so many
   */
  public Uni<Page<Operation>> operations(
      String requestId, @Nullable String callerId, long before, int limit) {
    List<String> terms = new ArrayList<>(List.of(Term.REQUEST.of(requestId)));
    if (callerId != null) {
      terms.add(Term.CALLER.of(callerId));
    }
    return index
        .catchUp()
        .chain(() -> Reading.of(store, connection -> operations(connection, terms, before, limit)));
  }

  private static Page<Operation> operations(
      Connection connection, List<String> terms, long before, int limit) throws SQLException {
    TermWalk walk = new TermWalk(terms, 0, before);
    List<Operation> items = new ArrayList<>();
    try (PreparedStatement begins = connection.prepareStatement(BEGINS)) {
      TermWalk.Found found = walk.find(connection, limit, seq -> holds(begins, seq));
      for (long seq : found.seqs()) {
        for (AuditRow first : rows(stored(connection, ONE, seq))) {
          whole(connection, first.operationId()).flatMap(Operation::fold).ifPresent(items::add);
        }
      }
      return new Page<>(items, found.next());
    }
  }

  private static boolean holds(PreparedStatement select, long seq) throws SQLException {
    select.setLong(1, seq);
    try (var rows = select.executeQuery()) {
      return rows.next();
    }
  }

  /**
   * The operations that no row has ended, each with its rows, oldest first; without those that
   * cannot be made out, which the log names. Blocks; for the start of the application.
   */
  public List<List<AuditRow>> open() {
    return store.read(
        connection -> {
          List<List<AuditRow>> open = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT operation_id FROM open_operation");
              var ids = select.executeQuery()) {
            while (ids.next()) {
              open.add(madeOut(connection, Objects.requireNonNull(ids.getString(1))));
            }
          }
          open.removeIf(List::isEmpty);
          return open;
        });
  }

  /**
   * The rows that say of an operation that it took effect, from this time on, oldest first; the
   * last 10,000 or so. Blocks; for the start of the application.
   */
  public List<AuditRow> effectsSince(Instant time) {
    return store.read(
        connection -> {
          SeqRange range = SeqRange.of(connection, time, null);
          List<AuditRow> effects = new ArrayList<>();
          List<Numbered> page;
          long high = range.high();
          do {
            page = stored(connection, NEWEST, range.low(), high, PORTION);
            for (Numbered each : page) {
              high = each.seq();
              each.row()
                  .filter(row -> row.outcome() != null && row.outcome().tookEffect())
                  .ifPresent(effects::add);
            }
          } while (page.size() == PORTION && effects.size() < MOST_EFFECTS);
          Collections.reverse(effects);
          return effects;
        });
  }

  /**
   * The rows of an operation, oldest first; none if it is not recorded, or cannot be made out,
   * which the log tells.
   */
  public Uni<List<AuditRow>> madeOut(String operationId) {
    return Reading.of(store, connection -> madeOut(connection, operationId));
  }

  private static List<AuditRow> madeOut(Connection connection, String operationId)
      throws SQLException {
    Optional<List<AuditRow>> rows = whole(connection, operationId);
    if (rows.isEmpty()) {
      LOG.errorf("operation=%s cannot be made out; if it is open, it stays so", operationId);
    }
    return rows.orElse(List.of());
  }

  /** All rows of an operation, oldest first; empty if one of them is none. */
  private static Optional<List<AuditRow>> whole(Connection connection, String operationId)
      throws SQLException {
    List<Numbered> found = stored(connection, OF_OPERATION, operationId);
    List<AuditRow> rows = rows(found);
    return rows.size() == found.size() ? Optional.of(rows) : Optional.empty();
  }

  private static Page<AuditRow> rows(Page<Numbered> page) {
    return new Page<>(rows(page.items()), page.next());
  }

  /** Those that are rows. */
  private static List<AuditRow> rows(List<Numbered> found) {
    List<AuditRow> rows = new ArrayList<>(found.size());
    for (Numbered each : found) {
      each.row()
          .ifPresentOrElse(
              rows::add, () -> LOG.warnf("audit: row %d is no row: verify it", each.seq()));
    }
    return rows;
  }

  private static List<Numbered> stored(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      List<Numbered> found = new ArrayList<>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Numbered(rows.getLong(1), Canonical.parse(rows.getString(2), rows.getString(3))));
        }
      }
      return found;
    }
  }
}
