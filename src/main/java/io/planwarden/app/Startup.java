package io.planwarden.app;

import io.planwarden.audit.Audit;
import io.planwarden.security.TokenFileException;
import io.planwarden.security.Tokens;
import io.planwarden.storage.Store;
import io.planwarden.storage.StoreRefused;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The order in which the application comes up, once the {@link StartupChecks} have passed. */
@Singleton
class Startup {
  private static final Logger LOG = Logger.getLogger(Startup.class);

  private final Tokens tokens;
  private final SandboxConfig sandboxConfig;
  private final Store store;
  private final SandboxProcess sandbox;
  private final Audit audit;
  private final Replicas replicas;
  private final Scheduler scheduler;
  private volatile int takenOver;
  private volatile boolean done;

  Startup(
      Tokens tokens,
      SandboxConfig sandboxConfig,
      Store store,
      SandboxProcess sandbox,
      Audit audit,
      Replicas replicas,
      Scheduler scheduler) {
    this.tokens = tokens;
    this.sandboxConfig = sandboxConfig;
    this.store = store;
    this.sandbox = sandbox;
    this.audit = audit;
    this.replicas = replicas;
    this.scheduler = scheduler;
  }

  void start(@Observes StartupEvent event) {
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
    takenOver = replicas.join();
    if (sandboxConfig.enabled()) {
      LOG.infof("sandbox mode: nothing reaches NCP; the sandbox is at %s", sandbox.origin());
    }
    done = true;
    // Configured to wait: a task of a start that is refused would run into what is being taken
    // down.
    scheduler.resume();
  }

  /** Whether all of it is done; requests are not accepted before. */
  boolean isDone() {
    return done;
  }

  /** How many operations an earlier process left open. */
  int takenOver() {
    return takenOver;
  }
}
