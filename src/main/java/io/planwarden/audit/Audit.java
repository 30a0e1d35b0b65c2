package io.planwarden.audit;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
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
    return Uni.createFrom()
        .deferred(
            () -> {
              CompletableFuture<AuditRow> durable = writer.submit(row);
              Uni<AuditRow> appended =
                  Uni.createFrom()
                      .completionStage(durable)
                      .onFailure()
                      .transform(Audit::unavailable);
              var context = Vertx.currentContext();
              return context == null ? appended : appended.emitOn(MutinyHelper.executor(context));
            });
  }

  private static Throwable unavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return new FacadeException(
        ErrorCode.AUDIT_UNAVAILABLE, "The audit could not be written; nothing was sent.", cause);
  }
}
