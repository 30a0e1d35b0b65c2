package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** TLS with certificates on both sides, as docs/tls.md tells to set it. */
@QuarkusTest
@TestProfile(TlsTest.Mutual.class)
class TlsTest {
  private static final Path FOLDER =
      Path.of("target/test-data/tls-" + ProcessHandle.current().pid());
  private static final String PASSWORD = "of-a-test";

  /** Answers over TLS only, and only to those who have a certificate that it knows. */
  public static final class Mutual implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Certificates.make();
      return Map.of(
          "quarkus.http.tls-configuration-name", "api",
          "quarkus.tls.api.key-store.p12.path", FOLDER.resolve("server.p12").toString(),
          "quarkus.tls.api.key-store.p12.password", PASSWORD,
          "quarkus.tls.api.trust-store.p12.path", FOLDER.resolve("client-trust.p12").toString(),
          "quarkus.tls.api.trust-store.p12.password", PASSWORD,
          "quarkus.http.ssl.client-auth", "required",
          "quarkus.http.insecure-requests", "disabled",
          "quarkus.http.test-ssl-port", "0",
          "planwarden.request.header-timeout", "2s");
    }
  }

  @ConfigProperty(name = "quarkus.http.test-ssl-port")
  int port;

  @Test
  void knownCertificate_isAnswered_andStrangersAreNot() throws Exception {
    try (Socket known = connect(true)) {
      assertThat(status(known)).isEqualTo("HTTP/1.1 200 OK");
    }
    assertThatThrownBy(
            () -> {
              try (Socket stranger = connect(false)) {
                status(stranger);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void silence_isAllowedBetweenRequests_andNotBeforeTheFirst() throws Exception {
    try (Socket known = connect(true);
        Socket silent = new Socket("localhost", port)) {
      assertThat(status(known)).isEqualTo("HTTP/1.1 200 OK");
      silent.setSoTimeout(30_000);
      assertThat(hasEnded(silent)).isTrue();

      assertThat(status(known)).isEqualTo("HTTP/1.1 200 OK");
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

  private Socket connect(boolean known) throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store("server-trust.p12"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("client.p12"), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(known ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
    Socket socket = context.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static KeyStore store(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(FOLDER.resolve(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /** Made by the JDK's own tool. */
  private static final class Certificates {
    static void make() {
      try {
        Files.createDirectories(FOLDER);
        for (String side : List.of("server", "client")) {
          if (!Files.exists(FOLDER.resolve(side + ".p12"))) {
            keytool(
                "-genkeypair",
                "-keystore",
                side + ".p12",
                "-alias",
                side,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + side,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
            keytool("-exportcert", "-keystore", side + ".p12", "-alias", side, "-file", side);
            keytool(
                "-importcert",
                "-noprompt",
                "-keystore",
                side + "-trust.p12",
                "-alias",
                side,
                "-file",
                side);
          }
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
      List<String> command =
          new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool") + ""));
      command.addAll(List.of(arguments));
      command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
      Process process =
          new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }
  }
}
