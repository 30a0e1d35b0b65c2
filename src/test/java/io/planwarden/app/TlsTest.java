package io.planwarden.app;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS with certificates on both sides, as docs/tls.md tells to set it. */
@QuarkusTest
@TestProfile(TlsTest.Mutual.class)
class TlsTest {
  private static final Path FOLDER =
      Path.of("target/test-data/tls-" + ProcessHandle.current().pid());
  private static final Certificates CERTIFICATES = new Certificates(FOLDER);
  private static final String PROXY = "127.0.0.1";
  private static final String NO_PROXY = "127.0.0.2";

  /** Answers over TLS only, and only to those who have a certificate that it knows. */
  public static final class Mutual implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      CERTIFICATES.make("server", "client");
      CERTIFICATES.mount("server", "tls");
      CERTIFICATES.mount("client", "callers");
      return Map.ofEntries(
          entry("quarkus.http.tls-configuration-name", "api"),
          entry("quarkus.tls.api.key-store.pem.server.cert", FOLDER.resolve("tls.crt").toString()),
          entry("quarkus.tls.api.key-store.pem.server.key", FOLDER.resolve("tls.key").toString()),
          entry("quarkus.tls.api.trust-store.pem.certs", FOLDER.resolve("callers.crt").toString()),
          entry("quarkus.http.ssl.client-auth", "required"),
          entry("quarkus.http.insecure-requests", "disabled"),
          entry("quarkus.http.test-ssl-port", "0"),
          entry("quarkus.http.proxy.proxy-address-forwarding", "true"),
          entry("quarkus.http.proxy.trusted-proxies", PROXY),
          entry("planwarden.request.header-timeout", "2s"));
    }
  }

  @ConfigProperty(name = "quarkus.http.test-ssl-port")
  int port;

  @Test
  void knownCertificate_isAnswered_andStrangersAreNot() throws Exception {
    try (Socket known = connect(PROXY, true)) {
      assertThat(status(known)).isEqualTo("HTTP/1.1 200 OK");
    }
    assertThatThrownBy(
            () -> {
              try (Socket stranger = connect(PROXY, false)) {
                status(stranger);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void silence_isAllowedBetweenRequests_andNotBeforeTheFirst() throws Exception {
    try (Socket known = connect(PROXY, true);
        Socket silent = new Socket("localhost", port)) {
      assertThat(status(known)).isEqualTo("HTTP/1.1 200 OK");
      silent.setSoTimeout(30_000);
      assertThat(hasEnded(silent)).isTrue();

      assertThat(status(known)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @ParameterizedTest
  @CsvSource({PROXY + ", 203.0.113.7", NO_PROXY + ", " + NO_PROXY})
  void addressThatIsForwarded_countsFromListedProxiesOnly(String peer, String recorded)
      throws Exception {
    String id = "through-" + peer;
    ask(
        peer,
        "DELETE /v1/usage-plans/planopen99 HTTP/1.1\r\nX-Forwarded-For: 203.0.113.7\r\n"
            + "X-Request-Id: %s\r\n".formatted(id));

    String rows = ask(peer, "GET /v1/audit?requestId=%s HTTP/1.1\r\n".formatted(id));

    List<String> addresses =
        JsonPath.from(rows.substring(rows.indexOf('{'))).getList("items.caller.address");
    assertThat(addresses).isNotEmpty().containsOnly(recorded);
  }

  /** Asks on a connection of its own, from an address of this machine; the whole answer. */
  private String ask(String from, String head) throws IOException, GeneralSecurityException {
    try (Socket socket = connect(from, true)) {
      socket
          .getOutputStream()
          .write(
              (head + "Host: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean hasEnded(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Asks for a page and reads its answer, the status line of which is returned. */
  private static String status(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "HEAD /v1/usage-plans/planfree01 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.ISO_8859_1));
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String status = in.readLine();
    if (status == null) {
      throw new IOException("no answer");
    }
    while (!in.readLine().isEmpty()) {
      // A header.
    }
    return status;
  }

  private SSLSocket connect(String from, boolean known)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(CERTIFICATES.store("trust"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(CERTIFICATES.store("client"), Certificates.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(known ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
    socket.setSoTimeout(30_000);
    return socket;
  }
}
