package io.planwarden.sandbox;

import static io.planwarden.sandbox.SandboxSettings.ACCESS_KEY;
import static io.planwarden.sandbox.SandboxSettings.SECRET_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  private static final String TARGET = "/api/v1/usage-plans/planfree01";

  @RegisterExtension final TestSandbox sandbox = new TestSandbox();

  /** Signatures made with openssl. */
  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/usage-plans?stageId=abcd1efgh2&associated=true&offset=0&limit=20,"
        + " KqYVKP6WOBZPK+VJLv5ibLIfj9MWlLFl8rZcOLg5QGA=",
    "PUT, /api/v1/usage-plans/plan1wthl9, EOGe7aKbATfvkKgHYjnj3qKfoapXAUmSiiev8r4PaMo=",
    "GET, /api/v1/products/prod1ksk90/apis/api0151hs2/stages/stg1fh5o12/usage-plans"
        + "?usagePlanName=%EA%B8%B0%EB%B3%B8%20plan,"
        + " GiZKSbR/5BNABL3avcDevase11oYx57fa1jVElHxr0k=",
    "POST, /api/v1/usage-plans/search, ll3N6FdQXg+oN6T/9WXIpxkA7wPTwKC1hrH879L4vUs="
  })
  void vectorOfAnotherTool_signedAlike(String method, String target, String expected) {
    Signature signature =
        new Signature("EXAMPLEACCESSKEY0001", "exampleSecretKey0000000000000000000000001");

    assertEquals(expected, signature.sign(method, target, "1767225600000"));
  }

  @Test
  void publishedVector_signedAlike() {
    String target = "/vserver/v2/createServerInstances?regionCode=KR";

    assertEquals(
        "xBcE26XFU55BMjppdPT7ZY3oDrqoOedfPyAn3Cq4lUw=",
        new Signature("AK_TEST", "SK_TEST").sign("POST", target, "1700000000000"));
  }

  @Test
  void correctlySigned_accepted() {
    sandbox.get("/usage-plans/planfree01").is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M", "PT-5M"})
  void timestampFiveMinutesOff_accepted(Duration off) {
    signedWith(ACCESS_KEY, SECRET_KEY, off).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M0.001S", "PT-5M-0.001S", "P400D"})
  void timestampMoreThanFiveMinutesOff_refused(Duration off) {
    isRefused(signedWith(ACCESS_KEY, SECRET_KEY, off));
  }

  @Test
  void otherSecretKey_refused() {
    isRefused(signedWith(ACCESS_KEY, "anotherSecretKey", Duration.ZERO));
  }

  @Test
  void otherAccessKey_refused() {
    isRefused(signedWith("anotherAccessKey", SECRET_KEY, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {Signature.TIMESTAMP, Signature.ACCESS_KEY, Signature.SIGNATURE})
  void headerMissing_refused(String missing) {
    String timestamp = Long.toString(sandbox.clock.millis());
    Map<String, String> headers = new HashMap<>();
    headers.put(Signature.TIMESTAMP, timestamp);
    headers.put(Signature.ACCESS_KEY, ACCESS_KEY);
    headers.put(
        Signature.SIGNATURE, new Signature(ACCESS_KEY, SECRET_KEY).sign("GET", TARGET, timestamp));
    headers.remove(missing);
    HttpRequest.Builder request = sandbox.request("GET", TARGET, "");
    headers.forEach(request::header);

    isRefused(sandbox.send(request));
  }

  @Test
  void noHeaders_refused() {
    isRefused(sandbox.send(sandbox.request("GET", TARGET, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "99999999999999999999", "-9223372036854775808", "1.5"})
  void timestampNoInstant_refused(String timestamp) {
    isRefused(sent("GET", TARGET, TARGET, timestamp));
  }

  @Test
  void encodedQuerySignedAsSent_accepted() {
    String target = "/api/v1/usage-plans?stageId=wfcstprod1&x=%EA%B8%B0%20b%2B&x&&y=";

    sent("GET", target, target, Long.toString(sandbox.clock.millis())).is(200);
  }

  @Test
  void decodedQuerySigned_refused() {
    String sent = "/api/v1/usage-plans?stageId=wfcstprod1&x=a%20b";
    String signed = "/api/v1/usage-plans?stageId=wfcstprod1&x=a b";

    isRefused(sent("GET", signed, sent, Long.toString(sandbox.clock.millis())));
  }

  @Test
  void queryLeftOutOfSignature_refused() {
    String sent = "/api/v1/usage-plans?stageId=wfcstprod1";

    isRefused(sent("GET", "/api/v1/usage-plans", sent, Long.toString(sandbox.clock.millis())));
  }

  @Test
  void anyString_doesNotShowSecret() {
    assertFalse(new Signature(ACCESS_KEY, SECRET_KEY).toString().contains(SECRET_KEY));
  }

  private Answer signedWith(String accessKey, String secretKey, Duration off) {
    String timestamp = Long.toString(sandbox.clock.instant().plus(off).toEpochMilli());
    return sandbox.send(
        sandbox
            .request("GET", TARGET, "")
            .header(Signature.TIMESTAMP, timestamp)
            .header(Signature.ACCESS_KEY, accessKey)
            .header(
                Signature.SIGNATURE,
                new Signature(accessKey, secretKey).sign("GET", TARGET, timestamp)));
  }

  private Answer sent(String method, String signed, String target, String timestamp) {
    return sandbox.send(
        sandbox
            .request(method, target, "")
            .header(Signature.TIMESTAMP, timestamp)
            .header(Signature.ACCESS_KEY, ACCESS_KEY)
            .header(
                Signature.SIGNATURE,
                new Signature(ACCESS_KEY, SECRET_KEY).sign(method, signed, timestamp)));
  }

  private void isRefused(Answer answer) {
    answer.isError(401, "200");
    assertEquals("Authentication Failed", answer.error().getString("message"));
    assertEquals(0, sandbox.ledger().size());
  }
}
