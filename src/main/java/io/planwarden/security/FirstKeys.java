package io.planwarden.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * The provider's keys, until they were read once. The platform tries again when a token comes, and
 * a process that is not ready gets none. Thread-safe; does not block.
 */
@Singleton
class FirstKeys {
  private final boolean wanted;
  private final TenantConfigContext provider;
  private final ProviderKeys keys;

  FirstKeys(SecurityConfig config, TenantConfigBean providers, ProviderKeys keys) {
    this.wanted = config.mode().filter(SecurityMode.OIDC.word()::equals).isPresent();
    this.provider = providers.getDefaultTenant();
    this.keys = keys;
  }

  /** There from the start, for an alert: a process that is not ready answers its scrapes. */
  void register(@Observes StartupEvent event, MeterRegistry meters) {
    meters.gauge("planwarden.security.keys.read", this, keys -> keys.areMissing() ? 0 : 1);
  }

  /** Whether callers cannot be told apart yet; never again once they could, nor in other modes. */
  boolean areMissing() {
    return wanted && !provider.ready();
  }

  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> read() {
    return areMissing()
        ? provider
            .initialize()
            .onFailure()
            .invoke(keys::unavailable)
            .replaceWithVoid()
            .onFailure()
            .recoverWithNull()
        : Uni.createFrom().voidItem();
  }
}
