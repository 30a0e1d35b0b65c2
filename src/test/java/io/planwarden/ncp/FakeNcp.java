package io.planwarden.ncp;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.planwarden.app.OpenApiDocument.NCP;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.planwarden.app.HttpMessages;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.UpstreamFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An HTTP server in NCP's place, and a gateway in front of it whose clock stands still. Every
 * request that arrives has to be as {@code openapi/ncp-api-gateway.yaml} says.
 */
final class FakeNcp
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  static final Instant NOW = Instant.ofEpochMilli(1767225600000L);
  static final Credentials KEYS =
      new Credentials(
          "EXAMPLEACCESSKEY0001", new Secret("exampleSecretKey0000000000000000000000001"));
  static final Call CALL = new Call("tests", NOW.plusSeconds(30), Reach.ALL);
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Duration attemptTimeout;
  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().dynamicHttpsPort());
  private final Vertx vertx = Vertx.vertx();
  private @Nullable NcpGateway gateway;

  FakeNcp() {
    this(Duration.ofSeconds(10));
  }

  FakeNcp(Duration attemptTimeout) {
    this.attemptTimeout = attemptTimeout;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    server.start();
    gateway = gateway(vertx, settings("http://localhost:" + server.port(), attemptTimeout));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server.resetAll();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (var event : server.getAllServeEvents()) {
      LoggedRequest request = event.getRequest();
      assertThat(faultsOf(request)).as("%s %s", request.getMethod(), request.getUrl()).isEmpty();
    }
  }

  private static List<String> faultsOf(LoggedRequest request) {
    Map<String, List<String>> headers =
        request.getHeaders().all().stream()
            .collect(Collectors.toMap(HttpHeader::key, HttpHeader::values));
    return NCP.get()
        .faultsOf(
            HttpMessages.request(
                request.getMethod().getName(),
                request.getUrl(),
                headers,
                request.getBodyAsString()));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    gateway().close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    server.stop();
  }

  static NcpGateway gateway(Vertx vertx, NcpSettings settings) {
    return new NcpGateway(
        vertx, settings, () -> KEYS, InstantSource.fixed(NOW), (sent, received, date) -> {});
  }

  static NcpSettings settings(String origin, Duration attemptTimeout) {
    return new NcpSettings(
        URI.create(origin), Duration.ofSeconds(2), attemptTimeout, Duration.ofSeconds(5), 8, 4096);
  }

  NcpGateway gateway() {
    return Objects.requireNonNull(gateway);
  }

  WireMockServer server() {
    return server;
  }

  void answers(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  void answers(int status, String body) {
    answers(WireMock.aResponse().withStatus(status).withBody(body));
  }

  /** The one request that arrived; its signature has been found to be right. */
  LoggedRequest received() {
    assertThat(server.getAllServeEvents()).hasSize(1);
    LoggedRequest request = server.getAllServeEvents().get(0).getRequest();
    String method = request.getMethod().getName();
    assertThat(request.getHeader("x-ncp-apigw-timestamp")).isEqualTo("1767225600000");
    assertThat(request.getHeader("x-ncp-iam-access-key")).isEqualTo(KEYS.accessKey());
    assertThat(request.getHeader("x-ncp-apigw-signature-v2"))
        .isEqualTo(NcpSigner.signature(method, request.getUrl(), NOW, KEYS));
    return request;
  }

  static <T> T result(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  static UpstreamFailure failure(Uni<?> uni) {
    return uni.onItem()
        .<UpstreamFailure>transform(
            item -> {
              throw new AssertionError("Expected a failure, was " + item);
            })
        .onFailure(UpstreamFailure.class)
        .recoverWithItem(UpstreamFailure.class::cast)
        .await()
        .atMost(PATIENCE);
  }
}
