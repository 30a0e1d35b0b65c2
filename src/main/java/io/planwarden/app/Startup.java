package io.planwarden.app;

import io.planwarden.audit.Audit;
import io.planwarden.audit.AuditQuery;
import io.planwarden.change.Changes;
import io.planwarden.security.TokenFileException;
import io.planwarden.security.Tokens;
import io.planwarden.storage.Store;
import io.planwarden.storage.StoreRefused;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The order in which the application comes up. */
@Singleton
class Startup {
  private static final Logger LOG = Logger.getLogger(Startup.class);

  private final StartupChecks checks;
  private final Tokens tokens;
  private final SandboxConfig sandboxConfig;
  private final Store store;
  private final SandboxProcess sandbox;
  private final Audit audit;
  private final AuditQuery recorded;
  private final Instance<Changes> changes;

  Startup(
      StartupChecks checks,
      Tokens tokens,
      SandboxConfig sandboxConfig,
      Store store,
      SandboxProcess sandbox,
      Audit audit,
      AuditQuery recorded,
      Instance<Changes> changes) {
    this.checks = checks;
    this.tokens = tokens;
    this.sandboxConfig = sandboxConfig;
    this.store = store;
    this.sandbox = sandbox;
    this.audit = audit;
    this.recorded = recorded;
    this.changes = changes;
  }

  void start(@Observes StartupEvent event) {
    checks.run();
    try {
      tokens.load();
      store.open(sandboxConfig.enabled() ? "sandbox" : "live");
    } catch (StoreRefused e) {
      throw new StartRefused(String.valueOf(e.getMessage()));
    } catch (TokenFileException e) {
      throw new StartRefused(
          "PLANWARDEN_SECURITY_TOKEN_FILE cannot be used: %s.".formatted(e.getMessage()));
    }
    audit.start();
    sandbox.start();
    if (!store.isShared()) {
      // Before the first request: what is open holds its target. Of what is open in a store that is
      // shared, others may be at work; see AbandonedSweep.
      changes.get().takeOver(recorded.open());
    }
    if (sandboxConfig.enabled()) {
      LOG.infof("sandbox mode: nothing reaches NCP; the sandbox is at %s", sandbox.origin());
    }
  }
}
