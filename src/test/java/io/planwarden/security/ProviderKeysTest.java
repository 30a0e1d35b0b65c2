package io.planwarden.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.app.CapturedLog;
import io.planwarden.problem.FacadeException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.common.OidcRequestContextProperties;
import io.quarkus.oidc.common.OidcRequestFilter.OidcRequestContext;
import io.quarkus.oidc.common.OidcResponseFilter.OidcResponseContext;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.Test;

/** What a token with an unknown key is told, as the provider's answers come. */
class ProviderKeysTest {
  private static final ErrorCodeValidator.Error ERROR =
      new ErrorCodeValidator.Error(ErrorCodes.MISCELLANEOUS, "wrong");

  private final ProviderKeys keys =
      new ProviderKeys(
          new SmallRyeConfigBuilder()
              .withMapping(SecurityConfig.class)
              .withDefaultValue("planwarden.security.oidc.issuer", "https://idp.example")
              .build()
              .getConfigMapping(SecurityConfig.class),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  private final Throwable unknown = failure(new UnresolvableKeyException("unknown"));

  @Test
  void unknownKey_isTheTokensFaultOnceTheKeysWereRead() {
    assertThat(keys.judged(unknown, keys.areUnread())).isSameAs(unknown);

    asked();
    answered(200);

    assertThat(keys.judged(unknown, keys.areUnread())).isSameAs(unknown);
  }

  @Test
  void unknownKey_whileTheKeysAreOnTheirWay_isNobodysFault() {
    asked();

    assertThat(keys.judged(unknown, keys.areUnread())).isInstanceOf(FacadeException.class);
  }

  @Test
  void unknownKey_whoseKeysCameAMomentTooLate_isNobodysFault() {
    asked();
    boolean before = keys.areUnread();
    answered(200);

    assertThat(keys.judged(unknown, before)).isInstanceOf(FacadeException.class);
  }

  @Test
  void whatIsWrongWithTheToken_isItsFaultAlways() {
    asked();
    answered(500);

    for (Throwable failure :
        List.of(failure(null), new AuthenticationFailedException(), new IllegalStateException())) {
      assertThat(keys.judged(failure, keys.areUnread())).isSameAs(failure);
    }
  }

  @Test
  void providerThatIsNotThere_isNamedInTheLog() {
    try (CapturedLog log = new CapturedLog()) {
      keys.judged(new OIDCException("OIDC Server is not available"), false);

      assertThat(log.lines())
          .containsExactly(
              "identity provider=https://idp.example: OIDC Server is not available times=1");
    }
  }

  @Test
  void answerWithoutABody_isAFailureOfTheProvider() {
    var answer =
        new OidcResponseContext(
            properties(), 200, MultiMap.caseInsensitiveMultiMap(), /* responseBody= */ null);

    assertThatThrownBy(() -> keys.filter(answer))
        .isInstanceOf(OIDCException.class)
        .hasMessage("The answer for the keys has no body");
  }

  /** Whoever sends a made-up key has nobody wait for long. */
  @Test
  void keys_mayBeAskedForAgainWithinSeconds() throws IOException {
    Properties settings = new Properties();
    try (Reader file =
        Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      settings.load(file);
    }
    assertThat(settings.getProperty("quarkus.oidc.token.forced-jwk-refresh-interval"))
        .matches("([1-9]|10)s");
  }

  private void asked() {
    keys.filter(new OidcRequestContext(null, null, properties()));
  }

  private void answered(int status) {
    keys.filter(
        new OidcResponseContext(
            properties(), status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer()));
  }

  private static OidcRequestContextProperties properties() {
    return new OidcRequestContextProperties(Map.of());
  }

  private static Throwable failure(Throwable cause) {
    return new AuthenticationFailedException(
        new InvalidJwtException("wrong", ERROR, cause, null), Map.of());
  }
}
