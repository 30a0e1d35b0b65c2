package io.planwarden.app;

import io.planwarden.audit.AuditQuery;
import io.planwarden.change.Changes;
import io.planwarden.storage.Store;
import io.planwarden.storage.StoreMismatch;
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
  private final SandboxConfig sandboxConfig;
  private final Store store;
  private final SandboxProcess sandbox;
  private final AuditQuery audit;
  private final Instance<Changes> changes;

  Startup(
      StartupChecks checks,
      SandboxConfig sandboxConfig,
      Store store,
      SandboxProcess sandbox,
      AuditQuery audit,
      Instance<Changes> changes) {
    this.checks = checks;
    this.sandboxConfig = sandboxConfig;
    this.store = store;
    this.sandbox = sandbox;
    this.audit = audit;
    this.changes = changes;
  }

  void start(@Observes StartupEvent event) {
    checks.run();
    try {
      store.open(sandboxConfig.enabled() ? "sandbox" : "live");
    } catch (StoreMismatch e) {
      throw new StartRefused(String.valueOf(e.getMessage()));
    }
    sandbox.start();
    // Before the first request: what is open holds its target.
    changes.get().takeOver(audit.open());
    if (sandboxConfig.enabled()) {
      LOG.infof("sandbox mode: nothing reaches NCP; the sandbox is at %s", sandbox.origin());
    }
  }
}
