package io.planwarden.app;

import io.planwarden.sandbox.Sandbox;
import io.planwarden.sandbox.SandboxSettings;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The sandbox inside this process. */
@Singleton
public class SandboxProcess {
  private static final int START_SECONDS = 10;

  private final Vertx vertx;
  private final SandboxConfig config;
  private @Nullable Sandbox sandbox;

  SandboxProcess(Vertx vertx, SandboxConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  /** Starts it if it is switched on; blocks until it listens. */
  synchronized void start() {
    if (!config.enabled() || sandbox != null) {
      return;
    }
    try {
      sandbox =
          Sandbox.start(vertx, SandboxSettings.defaults().withPort(config.port()))
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartRefused(
          "The sandbox cannot listen on port %d of 127.0.0.1. Set PLANWARDEN_SANDBOX_PORT to a free port."
              .formatted(config.port()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the sandbox started", e);
    }
  }

  /** Gives the port back, also when dev mode reloads the application. */
  @PreDestroy
  synchronized void stop() {
    if (sandbox != null) {
      sandbox.close().toCompletionStage().toCompletableFuture().join();
      sandbox = null;
    }
  }

  /** Where it listens; it must have been started. */
  public synchronized URI origin() {
    if (sandbox == null) {
      throw new IllegalStateException("the sandbox is not running");
    }
    return URI.create(sandbox.url());
  }
}
