package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Removes rows that are in an archive. Whoever asks proves that it has them by naming the last one
 * with its hash. Rows are removed from the first on, some at a time, on the writer's thread.
 */
@Singleton
public class AuditArchive {
  private static final Logger LOG = Logger.getLogger(AuditArchive.class);

  /** Rows that are removed in one transaction. */
  static final int PORTION = 500;

  /**
   * The first row of any operation that is open. Each is looked up by itself: of a join SQLite
   * walks the rows of the audit, on the writer's thread.
   */
  static final String OPEN =
      "SELECT min(each.began) FROM (SELECT (SELECT min(a.seq) FROM audit AS a"
          + " WHERE a.operation_id = o.operation_id) AS began FROM open_operation AS o) AS each";

  private static final String HASH = "SELECT hash FROM audit WHERE seq = ?";
  private static final String OLDEST =
      "SELECT seq, row_json FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
  private static final String REMOVE = "DELETE FROM audit WHERE seq > ? AND seq <= ?";

  /**
   * What was done.
   *
   * @param through the last row that is removed
   * @param cut the row that says so, by its operation; null if an earlier one did
   * @param removed how many rows
   */
  public record Archived(Anchor through, @Nullable AuditRow cut, long removed) {}

  private final Audit audit;
  private final ChainReads chain;

  AuditArchive(Audit audit, ChainReads chain) {
    this.audit = audit;
    this.chain = chain;
  }

  /**
   * Checks the chain, appends a {@code cut} row and removes the rows up to and with this one; to
   * the end, whoever waits for it. To be called again if the process ended on the way: it goes on.
   * Fails with {@code archive-refused}, {@code audit-busy} or {@code audit-unavailable}.
   */
  public Uni<Archived> remove(Anchor through, ChainNote.By by) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Uni<Archived> life =
                  chain.alone(() -> removeAlone(through, by)).memoize().indefinitely();
              life.subscribe()
                  .with(
                      done -> LOG.infof("%d rows up to %s are removed", done.removed(), through),
                      failure -> LOG.warnf("rows up to %s are not removed: %s", through, failure));
              return life;
            });
  }

  private Uni<Archived> removeAlone(Anchor through, ChainNote.By by) {
    return chain
        .check(through)
        .chain(found -> cut(through, found, by))
        .chain(
            cut ->
                removeAll(through.seq())
                    .map(removed -> new Archived(through, cut.orElse(null), removed)));
  }

  private Uni<Optional<AuditRow>> cut(Anchor through, Verification found, ChainNote.By by) {
    if (found.firstBad() != null) {
      throw refused("row " + found.firstBad().seq() + ": " + found.firstBad().detail());
    }
    Long archived = found.archivedThrough();
    if (archived != null && archived >= through.seq()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return audit.onWriter(
        (connection, rows) -> {
          checkStill(connection, through);
          return Optional.of(rows.append(ChainNote.cut(through, by)));
        });
  }

  private static void checkStill(Connection connection, Anchor through) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HASH)) {
      select.setLong(1, through.seq());
      try (var rows = select.executeQuery()) {
        if (!rows.next() || !through.hash().equals(rows.getString(1))) {
          throw refused("row " + through.seq() + " is not the one that was named");
        }
      }
    }
    try (PreparedStatement select = connection.prepareStatement(OPEN);
        var rows = select.executeQuery()) {
      if (rows.next() && rows.getObject(1) != null && rows.getLong(1) <= through.seq()) {
        throw refused(
            "the operation that began at row "
                + rows.getLong(1)
                + " is not settled; its rows are needed");
      }
    }
  }

  /** A portion after the other, and none within another, for there may be thousands. */
  private Uni<Long> removeAll(long through) {
    // Where the database keeps what was removed for somebody's old snapshot, to begin at the first
    // row would be to step over all of it each time.
    AtomicLong gone = new AtomicLong(ChainPage.START);
    return audit
        .onWriter((connection, rows) -> removeSome(connection, gone, through))
        .repeat()
        .whilst(removed -> removed == PORTION)
        .collect()
        .with(Collectors.summingLong(Integer::longValue));
  }

  private static int removeSome(Connection connection, AtomicLong gone, long through)
      throws SQLException {
    long after = gone.get();
    Set<String> terms = new TreeSet<>();
    long first = 0;
    long last = 0;
    try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
      select.setLong(1, after);
      select.setLong(2, through);
      select.setInt(3, PORTION);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          last = rows.getLong(1);
          first = first == 0 ? last : first;
          terms.addAll(Term.inRow(rows.getString(2)));
        }
      }
    }
    if (last == 0) {
      return 0;
    }
    TermIndex.forget(connection, terms, first, last);
    try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
      remove.setLong(1, after);
      remove.setLong(2, last);
      gone.set(last);
      return remove.executeUpdate();
    }
  }

  private static FacadeException refused(String why) {
    return new FacadeException(ErrorCode.ARCHIVE_REFUSED, "Nothing was removed: " + why + ".");
  }
}
