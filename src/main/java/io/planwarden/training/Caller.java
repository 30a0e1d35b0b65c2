package io.planwarden.training;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to a port of this process, one after the other. Blocks. */
record Caller(HttpClient client, int port, String token) {
  private static final int PATIENCE_SECONDS = 30;

  /** What was answered, the body as text. */
  record Answer(int status, String entityTag, String body) {
    /** A member of the body, which must be an object that has it. */
    String text(String member) {
      return new JsonObject(body).getString(member);
    }
  }

  Answer get(int expected, String path) {
    return send(expected, HttpMethod.GET, path, "", Map.of());
  }

  /** Fails if the answer's status is another than the expected. */
  Answer send(
      int expected, HttpMethod method, String path, String body, Map<String, String> headers) {
    try {
      Answer answer =
          client
              .request(method, port, "127.0.0.1", path)
              .compose(request -> send(request, body, headers))
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer.status() != expected) {
        throw new IllegalStateException(
            "%s %s was answered %d instead of %d: %s"
                .formatted(method, path, answer.status(), expected, answer.body()));
      }
      return answer;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("%s %s was not answered".formatted(method, path), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Future<Answer> send(HttpClientRequest request, String body, Map<String, String> headers) {
    request.putHeader("Authorization", "Bearer " + token);
    headers.forEach(request::putHeader);
    if (!body.isEmpty()) {
      request.putHeader(
          "Content-Type",
          request.getMethod() == HttpMethod.PATCH
              ? "application/merge-patch+json"
              : "application/json");
    }
    return request
        .send(Buffer.buffer(body))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        bytes ->
                            new Answer(
                                response.statusCode(),
                                String.valueOf(response.getHeader("ETag")),
                                bytes.toString())));
  }
}
