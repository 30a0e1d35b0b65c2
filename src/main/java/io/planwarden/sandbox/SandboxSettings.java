package io.planwarden.sandbox;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Where a sandbox listens, the one key pair it accepts, its clock, and the source of new ids and of
 * chance. The host must be a loopback one: the sandbox hands out its whole state to whoever asks.
 */
public record SandboxSettings(
    String host,
    int port,
    String accessKey,
    String secretKey,
    InstantSource clock,
    RandomGenerator random) {

  /** The access key of the fictitious key pair. */
  public static final String ACCESS_KEY = "sandboxAccessKey0001";

  /** The secret key of the fictitious key pair; it opens nothing but a sandbox. */
  public static final String SECRET_KEY = "sandboxSecretKey0000000000000000000000001";

  public SandboxSettings {
    if (!Loopback.is(host)) {
      throw new IllegalArgumentException("host must be a loopback address, was " + host);
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, was " + port);
    }
    if (accessKey.isBlank() || secretKey.isBlank()) {
      throw new IllegalArgumentException("access key and secret key must not be blank");
    }
  }

  /** Any free port of 127.0.0.1, the fictitious key pair, the system's clock, random ids. */
  public static SandboxSettings defaults() {
    return new SandboxSettings(
        "127.0.0.1", 0, ACCESS_KEY, SECRET_KEY, InstantSource.system(), new SecureRandom());
  }

  public SandboxSettings withHost(String newHost) {
    return new SandboxSettings(newHost, port, accessKey, secretKey, clock, random);
  }

  /** The same on another port; 0 takes any free one. */
  public SandboxSettings withPort(int newPort) {
    return new SandboxSettings(host, newPort, accessKey, secretKey, clock, random);
  }

  public SandboxSettings withKeyPair(String newAccessKey, String newSecretKey) {
    return new SandboxSettings(host, port, newAccessKey, newSecretKey, clock, random);
  }

  public SandboxSettings withClock(InstantSource newClock) {
    return new SandboxSettings(host, port, accessKey, secretKey, newClock, random);
  }

  /** The same with ids and chance from another source; a seeded one makes them repeatable. */
  public SandboxSettings withRandom(RandomGenerator newRandom) {
    return new SandboxSettings(host, port, accessKey, secretKey, clock, newRandom);
  }

  @Override
  public String toString() {
    return "SandboxSettings[host=%s, port=%d, accessKey=%s, secretKey=***]"
        .formatted(host, port, accessKey);
  }
}
