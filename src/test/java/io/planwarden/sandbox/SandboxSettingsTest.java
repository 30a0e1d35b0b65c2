package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SandboxSettingsTest {

  private static final SandboxSettings DEFAULTS = SandboxSettings.defaults();

  @Test
  void defaults_loopbackAnyPortAndFictitiousKeys() {
    assertEquals("127.0.0.1", DEFAULTS.host());
    assertEquals(0, DEFAULTS.port());
    assertEquals("sandboxAccessKey0001", DEFAULTS.accessKey());
    assertEquals("sandboxSecretKey0000000000000000000000001", DEFAULTS.secretKey());
  }

  @Test
  void hostNotLoopback_refused() {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withHost("0.0.0.0"));
  }

  @Test
  void portOutOfRange_refused() {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPort(65_536));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPort(-1));
  }

  @Test
  void keyBlank_refused() {
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withKeyPair("", "secret"));
    assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withKeyPair("access", " "));
  }

  @Test
  void asText_noSecret() {
    assertFalse(DEFAULTS.toString().contains(DEFAULTS.secretKey()));
  }
}
