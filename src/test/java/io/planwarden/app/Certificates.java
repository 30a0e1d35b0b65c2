package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys with certificates of their own, made by the JDK's own tool, in a folder. */
public final class Certificates {
  static final String PASSWORD = "of-a-test";

  private final Path folder;

  public Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes those that are not there yet; {@code trust} trusts them all. */
  public void make(String... names) {
    try {
      Files.createDirectories(folder);
      for (String name : names) {
        if (!Files.exists(file(name))) {
          keytool(name, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", SAN);
          keytool(name, "-exportcert", "-file", name);
          keytool("trust", "-importcert", "-noprompt", "-alias", name, "-file", name);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String SAN = "san=dns:localhost,ip:127.0.0.1";

  /** Writes certificate and key of this name as {@code file.crt} and {@code file.key}. */
  public void mount(String name, String file) {
    try {
      KeyStore store = store(name);
      String alias = store.aliases().nextElement();
      pem(file + ".crt", "CERTIFICATE", store.getCertificate(alias).getEncoded());
      pem(file + ".key", "PRIVATE KEY", store.getKey(alias, PASSWORD.toCharArray()).getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyStore store(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path file(String name) {
    return folder.resolve(name + ".p12");
  }

  private void pem(String file, String what, byte[] der) throws IOException {
    String text =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(der));
    Files.writeString(folder.resolve(file), text);
  }

  private void keytool(String store, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool") + ""));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store + ".p12"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
