package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.SameContext;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;

/** The way into the audit. */
@Singleton
public class Audit implements Journal {
  private final AuditWriter writer;

  Audit(AuditWriter writer) {
    this.writer = writer;
  }

  @Override
  public Uni<AuditRow> append(AuditRow row) {
    return SameContext.of(
        () ->
            Uni.createFrom()
                .completionStage(writer.submit(row))
                .onFailure()
                .transform(Audit::unavailable));
  }

  private static Throwable unavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new FacadeException(
        ErrorCode.AUDIT_UNAVAILABLE, "The audit could not be written; nothing was sent.", cause);
  }
}
