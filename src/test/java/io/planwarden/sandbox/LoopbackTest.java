package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "127.0.0.1, true",
    "127.8.9.10, true",
    "::1, true",
    "[::1], true",
    "0:0:0:0:0:0:0:1%lo, true",
    "0.0.0.0, false",
    "::, false",
    "10.0.0.1, false",
    "127.0.0.1.example.com, false",
    "example.com, false",
    "'', false"
  })
  void host_loopbackOrNot(String host, boolean loopback) {
    assertEquals(loopback, Loopback.is(host));
  }
}
