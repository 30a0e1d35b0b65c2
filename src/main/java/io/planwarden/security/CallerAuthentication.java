package io.planwarden.security;

import io.planwarden.problem.ErrorCode;
import io.planwarden.request.Caller;
import io.planwarden.request.CallerIdentity;
import io.planwarden.request.EarlyAnswer;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityRecorder.DefaultAuthFailureHandler;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls, in the way of the mode that was chosen; the only way in. Who does not say who he
 * is passes here and is refused where the paths of the API begin; who says it wrongly is refused.
 */
@Alternative
@Priority(1)
@Singleton
public class CallerAuthentication implements HttpAuthenticationMechanism {
  // Header, claims, signature; on some other forms the platform fails with an internal error.
  private static final Pattern SIGNED = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
  // A caller's id is stored, logged and shown.
  private static final Pattern FIT_ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** What fails once it is known who calls fails like anything else. */
  private static final BiConsumer<RoutingContext, Throwable> AFTERWARDS =
      (http, failure) -> {
        if (!http.failed()) {
          http.fail(DefaultAuthFailureHandler.extractRootCause(failure));
        }
      };

  private final Optional<SecurityMode> mode;
  private final Tokens tokens;
  private final OidcGrants grants;
  private final OidcAuthenticationMechanism oidc;
  private final ProviderKeys keys;
  private final Unauthenticated unauthenticated;

  CallerAuthentication(
      SecurityConfig config,
      Tokens tokens,
      OidcAuthenticationMechanism oidc,
      ProviderKeys keys,
      Unauthenticated unauthenticated) {
    this.mode = config.mode().flatMap(SecurityMode::of);
    this.tokens = tokens;
    this.grants = new OidcGrants(config.oidc());
    this.oidc = oidc;
    this.keys = keys;
    this.unauthenticated = unauthenticated;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext http, IdentityProviderManager providers) {
    SecurityMode chosen = mode.orElseThrow(AuthenticationFailedException::new);
    if (chosen == SecurityMode.NONE) {
      return Uni.createFrom().item(known(Caller.anonymous(address(http)), http));
    }
    Optional<String> token = Unauthenticated.bearerToken(http);
    if (token.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    return chosen == SecurityMode.TOKEN
        ? byFile(token.get(), http)
        : bySignature(token.get(), http, providers);
  }

  private Uni<SecurityIdentity> bySignature(
      String token, RoutingContext http, IdentityProviderManager providers) {
    if (!SIGNED.matcher(token).matches()) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    boolean unread = keys.areUnread();
    return oidc.authenticate(http, providers)
        .onFailure()
        .transform(failure -> keys.judged(failure, unread))
        .onItem()
        .ifNotNull()
        .transform(found -> known(caller(found, address(http)), http));
  }

  private Uni<SecurityIdentity> byFile(String token, RoutingContext http) {
    return tokens
        .find(token)
        .map(
            entry ->
                Caller.proved(
                    entry.caller(),
                    SecurityMode.TOKEN.word(),
                    address(http),
                    entry.roles(),
                    entry.products()))
        .map(caller -> Uni.createFrom().item(known(caller, http)))
        .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
  }

  /** The platform has checked signature, issuer, audience and times; what is left is who it is. */
  private Caller caller(SecurityIdentity found, @Nullable String address) {
    if (!(found.getPrincipal() instanceof JsonWebToken token)
        || token.getName() == null
        || !FIT_ID.matcher(token.getName()).matches()) {
      throw new AuthenticationFailedException();
    }
    Set<String> values = found.getRoles();
    return Caller.proved(
        token.getName(),
        SecurityMode.OIDC.word(),
        address,
        grants.roles(values),
        grants.products(values));
  }

  private static SecurityIdentity known(Caller caller, RoutingContext http) {
    // With the platform's own still there, the REST layer would look the path of every request up
    // once more, in an index that it builds for the purpose.
    http.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, AFTERWARDS);
    return CallerIdentity.of(caller);
  }

  private static @Nullable String address(RoutingContext http) {
    var peer = http.request().remoteAddress();
    return peer == null ? null : peer.hostAddress();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext http) {
    return Uni.createFrom()
        .item(
            new ChallengeData(
                ErrorCode.UNAUTHENTICATED.status(),
                "WWW-Authenticate",
                Unauthenticated.challenge(http)));
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext http) {
    EarlyAnswer.send(http, unauthenticated.problem(http));
    return Uni.createFrom().item(true);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of();
  }
}
