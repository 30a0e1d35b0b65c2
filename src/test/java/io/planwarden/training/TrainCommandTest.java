package io.planwarden.training;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training says that cannot be; that it can be is shown by {@code ArchiveIT}. */
class TrainCommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"--rounds", "--rounds 0", "--rounds many", "--rounds 1000000", "--often 3"})
  void wrongOptions_endWithTheUsageAndStartNothing(String options) {
    assertThat(exitCodes(options.split(" "))).containsExactly(2);
  }

  @Test
  void help_startsNothing() {
    assertThat(exitCodes("--help")).containsExactly(0);
  }

  private static List<Integer> exitCodes(String... options) {
    List<Integer> codes = new ArrayList<>();
    TrainCommand.run((code, failure) -> codes.add(code), options);
    return codes;
  }

  @Test
  void anotherAnswerThanExpected_endsTheDayAndIsNamed() {
    WireMockServer service = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    service.start();
    Vertx vertx = Vertx.vertx();
    try {
      service.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503).withBody("busy")));
      Caller caller = new Caller(vertx.createHttpClient(), service.port(), "token");

      assertThatThrownBy(() -> new OrdinaryDay(caller, caller).pass(1))
          .hasMessage("GET /v1/usage-plans was answered 503 instead of 200: busy");
      assertThat(service.getAllServeEvents()).hasSize(1);
    } finally {
      vertx.close();
      service.stop();
    }
  }
}
