package io.planwarden.app;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Injects the sandbox of the application under test, as it is after a reset, into each test. */
@Singleton
final class SandboxClients {
  /** Belongs to one instance of a test class, and so to one test. */
  @Produces
  @Dependent
  SandboxClient reset(SandboxProcess process) {
    SandboxClient sandbox = new SandboxClient(process.origin());
    sandbox.reset();
    return sandbox;
  }
}
