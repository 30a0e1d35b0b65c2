package io.planwarden.training;

import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;

/** Makes the requests of an ordinary day once the service listens. */
public final class Training implements QuarkusApplication {
  /** Takes the caller's token and the number of rounds; fails if an answer is not as expected. */
  @Override
  public int run(String... arguments) {
    // One of its own, or its connections would be counted among the service's.
    Vertx vertx = Vertx.vertx();
    try {
      HttpClient client = vertx.createHttpClient();
      // The platform puts the ports here that it found free.
      OrdinaryDay day =
          new OrdinaryDay(
              new Caller(client, Integer.getInteger("quarkus.http.port"), arguments[0]),
              new Caller(client, Integer.getInteger("quarkus.management.port"), arguments[0]));
      day.pass(Integer.parseInt(arguments[1]));
      return 0;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
