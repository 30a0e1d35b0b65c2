package io.planwarden.app;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;

/**
 * Puts the contract between every test and the API. Quarkus finds it through {@code
 * META-INF/services}, so no test can forget it.
 */
public final class ContractOnEveryTest implements QuarkusTestBeforeEachCallback {
  @Override
  public void beforeEach(QuarkusTestMethodContext context) {
    RestAssured.replaceFiltersWith(new ContractFilter(OpenApiDocument.PLANWARDEN));
  }
}
