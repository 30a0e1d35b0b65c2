package io.planwarden.audit;

import java.time.Duration;

/** What happens while the audit is written, for counting. Called by the writer; must not block. */
public interface AuditEvents {
  /** A row is on disk, so long after it was submitted. */
  void appended(Duration took);

  /** A row has its place in the chain, whoever waited for it. */
  default void recorded(AuditRow row) {}

  /** A row was refused, or its submitter was told that it waits no longer. */
  void refused();

  /** The store could not be written, or was not what it was. */
  void failed();
}
