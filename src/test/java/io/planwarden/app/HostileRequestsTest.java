package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests that nobody sends in good faith, made from the API's document. Whatever comes, the
 * answer is in order, and what is wrong never gets to NCP. {@code -Dhostile.seed} repeats a run,
 * {@code -Plong} makes a long one with a seed of its own.
 */
@QuarkusTest
class HostileRequestsTest {
  private static final int COUNT = Integer.getInteger("hostile.requests", 500);
  private static final int CHUNK = 20;

  @TestHTTPResource("/")
  URI url;

  @Inject SandboxClient sandbox;

  private HostileFindings findings;
  private RawConnection connection;

  @Test
  void hostileRequests_areAnsweredInOrderAndNeverReachNcp() throws IOException {
    URI origin = url.resolve("/").normalize();
    URI root = URI.create("http://" + origin.getAuthority());
    long seed = seed();
    OpenApiDocument document = OpenApiDocument.PLANWARDEN.get();
    List<OpenApiOperation> operations = OpenApiOperation.of(document.model());
    findings = new HostileFindings(root, document);
    try (RawConnection open = new RawConnection(root)) {
      connection = open;
      for (OpenApiOperation operation : operations) {
        // Its own random source: a change to one operation leaves the requests of others alone.
        Random random = new Random(seed + operation.id().hashCode());
        HostileRequests requests = new HostileRequests(operation, random);
        for (int sent = 0; sent < COUNT / operations.size(); sent += CHUNK) {
          send(requests);
        }
      }
    }
    List<String> lines = findings.lines();
    Files.write(Path.of("target/hostile-requests.txt"), lines);
    assertThat(lines)
        .as(
            "%s requests, seed %s; again with -Dhostile.seed=%s:%n%s",
            COUNT, seed, seed, String.join("\n", lines))
        .isEmpty();
  }

  private static long seed() {
    return COUNT > 2_000
        ? Long.getLong("hostile.seed", System.nanoTime())
        : Long.getLong("hostile.seed", 1);
  }

  private void send(HostileRequests requests) throws IOException {
    List<HostileRequest> harmless = new ArrayList<>();
    List<HostileRequest> others = new ArrayList<>();
    for (int i = 0; i < CHUNK; i++) {
      HostileRequest request = requests.next();
      (request.mustNotHaveAnEffect() ? harmless : others).add(request);
    }
    sandbox.reset();
    for (HostileRequest request : harmless) {
      findings.check(request, connection.send(request));
    }
    if (sandbox.calls() > 0) {
      findCulprits(harmless);
    }
    for (HostileRequest request : others) {
      findings.check(request, connection.send(request));
    }
  }

  private void findCulprits(List<HostileRequest> suspects) throws IOException {
    for (HostileRequest request : suspects) {
      sandbox.reset();
      connection.send(request);
      if (sandbox.calls() > 0) {
        findings.reachedNcp(request);
      }
    }
  }
}
