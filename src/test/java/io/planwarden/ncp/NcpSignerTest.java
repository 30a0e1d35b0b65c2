package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NcpSignerTest {
  /** Stated by hand, so that a wrong script cannot agree with a wrong signer. */
  private static final List<String> KNOWN =
      List.of(
          "KqYVKP6WOBZPK+VJLv5ibLIfj9MWlLFl8rZcOLg5QGA=",
          "EOGe7aKbATfvkKgHYjnj3qKfoapXAUmSiiev8r4PaMo=",
          "GiZKSbR/5BNABL3avcDevase11oYx57fa1jVElHxr0k=",
          "7zmjqQ+dHSDzOOtIxFpH2b7X5SJytRtvRV48J+Z9TWE=",
          "ll3N6FdQXg+oN6T/9WXIpxkA7wPTwKC1hrH879L4vUs=",
          "xBcE26XFU55BMjppdPT7ZY3oDrqoOedfPyAn3Cq4lUw=");

  record Vector(
      String method,
      String target,
      Instant at,
      String accessKey,
      String secretKey,
      String signature) {
    static Vector of(String line) {
      String[] cell = line.split("\t", -1);
      Instant at = Instant.ofEpochMilli(Long.parseLong(cell[2]));
      return new Vector(cell[0], cell[1], at, cell[3], cell[4], cell[5]);
    }

    Credentials credentials() {
      return new Credentials(accessKey, new Secret(secretKey));
    }
  }

  static List<Vector> vectors() throws IOException {
    try (Stream<String> lines =
        Files.lines(Path.of("src/test/resources/ncp/signature-vectors.tsv"))) {
      return lines.map(Vector::of).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aRequest_isSignedAsOpensslSignsIt(Vector vector) {
    assertThat(
            NcpSigner.signature(
                vector.method(), vector.target(), vector.at(), vector.credentials()))
        .isEqualTo(vector.signature());
  }

  @Test
  void theFirstVectors_areTheKnownOnes() throws IOException {
    assertThat(vectors()).hasSizeGreaterThan(50);
    assertThat(vectors().stream().limit(KNOWN.size()).map(Vector::signature)).isEqualTo(KNOWN);
  }

  @Test
  void headers_areReplacedByASecondSigning() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    NcpSigner.addHeaders(headers, "GET", "/api/v1/a", FakeNcp.NOW, FakeNcp.KEYS);

    NcpSigner.addHeaders(headers, "GET", "/api/v1/a", FakeNcp.NOW.plusMillis(1), FakeNcp.KEYS);

    assertThat(headers.getAll("x-ncp-apigw-timestamp")).containsExactly("1767225600001");
    assertThat(headers.getAll("x-ncp-apigw-signature-v2")).hasSize(1);
    assertThat(headers.getAll("x-ncp-iam-access-key")).hasSize(1);
  }
}
