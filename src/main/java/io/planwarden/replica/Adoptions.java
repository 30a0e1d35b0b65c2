package io.planwarden.replica;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What others left open and this replica has made its own, until somebody here is at work on it:
 * the database gives it to nobody else meanwhile. For one thread.
 */
final class Adoptions {
  private final List<CompletableFuture<List<String>>> asked = new ArrayList<>();
  // With those of a commit that is in doubt, which may not have become ours.
  private final Set<String> unattended = new HashSet<>();

  void ask(CompletableFuture<List<String>> answer) {
    asked.add(answer);
  }

  boolean areAsked() {
    return !asked.isEmpty();
  }

  /** Somebody here is at work on them. */
  void attend(Collection<String> operationIds) {
    unattended.removeAll(operationIds);
  }

  /**
   * What is to be taken up, once this is committed.
   *
   * @param mayTake whether this replica is the one that takes what nobody is at work on
   */
  List<String> find(TargetTable targets, String replicaId, boolean mayTake) throws SQLException {
    if (mayTake) {
      // Remembered before the commit: whoever does not hear of it may have made it all the same.
      unattended.addAll(targets.adopt(replicaId));
    }
    return unattended.isEmpty() ? List.of() : targets.owned(replicaId, unattended);
  }

  void answer(List<String> operationIds) {
    asked.forEach(each -> each.complete(operationIds));
    asked.clear();
  }

  void refuse(Exception failure) {
    asked.forEach(each -> each.completeExceptionally(failure));
    asked.clear();
  }
}
