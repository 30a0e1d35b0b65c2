package io.planwarden.sandbox;

import static io.planwarden.sandbox.SandboxSettings.ACCESS_KEY;
import static io.planwarden.sandbox.SandboxSettings.SECRET_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

  private static final String PLAN = "/usage-plans/planopen01";
  private static final String PAIR = "{\"accessKey\": \"%s\", \"secretKey\": \"%s\"}";
  private static final Signature ROTATED = new Signature("rotatedAccessKey", "rotatedSecretKey");

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  @Test
  void replaced_newPairOnly() {
    put(PAIR.formatted("rotatedAccessKey", "rotatedSecretKey")).is(200);

    sandbox.get(PLAN).isError(401, "200");
    sandbox.signedWith(ROTATED, "GET", PLAN, "").is(200);
  }

  @Test
  void secretRotated_oldOneRefused() {
    put(PAIR.formatted(ACCESS_KEY, "rotatedSecretKey")).is(200);

    sandbox.delete(PLAN).isError(401, "200");

    assertEquals(0, sandbox.ledger().size());
    assertFalse(sandbox.lastCall().getBoolean("authenticated"));
    assertFalse(sandbox.lastCall().containsKey("fault"));
  }

  @Test
  void oneAdded_bothAccepted() {
    put(PAIR.formatted(ACCESS_KEY, SECRET_KEY)
            + ","
            + PAIR.formatted("rotatedAccessKey", "rotatedSecretKey"))
        .is(200);

    sandbox.get(PLAN).is(200);
    sandbox.signedWith(ROTATED, "GET", PLAN, "").is(200);
  }

  @Test
  void allRevoked_refusedUntilReset() {
    put("").is(200);

    sandbox.get(PLAN).isError(401, "200");
    sandbox.control("POST", "reset", "").is(204);
    sandbox.get(PLAN).is(200);
  }

  @Test
  void shown_accessKeysOnly() {
    Answer put = put(PAIR.formatted("rotatedAccessKey", "rotatedSecretKey")).is(200);

    assertEquals("{\"accessKeys\":[\"rotatedAccessKey\"]}", put.text());
    assertEquals(put.text(), sandbox.control("GET", "keys", "").is(200).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"accessKey\": \"a\"}|secretKey is required",
        "{\"accessKey\": \"\", \"secretKey\": \"s\"}|accessKey must have 1 to 100 characters",
        "{\"accessKey\": \"a\", \"secretKey\": \"hush\", \"x\": 1}|no member x here; there are",
        "7|keys must be an array of objects"
      })
  void putWrongly_refusedAndNothingReplaced(String pair, String message) {
    Answer answer = put(pair).is(400);

    assertTrue(answer.json().getString("message").startsWith(message), answer.text());
    assertFalse(answer.text().contains("hush"));
    sandbox.get(PLAN).is(200);
  }

  private Answer put(String pairs) {
    return sandbox.control("PUT", "keys", "{\"keys\": [" + pairs + "]}");
  }
}
