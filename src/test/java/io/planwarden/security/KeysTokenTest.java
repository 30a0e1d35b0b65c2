package io.planwarden.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.common.OidcRequestContextProperties;
import io.quarkus.oidc.common.OidcRequestFilter.OidcRequestContext;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token that the provider's keys are read with, while its file changes. */
class KeysTokenTest {
  private final Vertx vertx = Vertx.vertx();
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("token");
  }

  @AfterEach
  void end() {
    vertx.closeAndAwait();
  }

  @Test
  void tokenThatIsReplaced_isShownAfterTheNextLook() throws IOException {
    Files.writeString(file, "one\n");
    KeysToken token = new KeysToken(Optional.of(file));
    Files.writeString(file, "two\n");
    assertThat(shown(token)).isEqualTo("Bearer one");

    token.refresh();

    assertThat(shown(token)).isEqualTo("Bearer two");
  }

  @Test
  void fileThatIsGone_leavesTheLastTokenInUse() throws IOException {
    Files.writeString(file, "one");
    KeysToken token = new KeysToken(Optional.of(file));
    Files.delete(file);

    token.refresh();

    assertThat(shown(token)).isEqualTo("Bearer one");
  }

  @Test
  void fileThatComesLate_isReadThen_andNothingIsAskedBefore() throws IOException {
    KeysToken token = new KeysToken(Optional.of(file));
    assertThatThrownBy(() -> shown(token)).hasMessageContaining("cannot be read");
    Files.writeString(file, "one");

    token.refresh();

    assertThat(shown(token)).isEqualTo("Bearer one");
  }

  @Test
  void noFile_showsNothing() {
    KeysToken token = new KeysToken(Optional.empty());

    token.refresh();

    assertThat(shown(token)).isNull();
  }

  /** What a request for the keys says about who asks. */
  private String shown(KeysToken token) {
    var request = WebClient.create(vertx).get("/keys");
    token.filter(new OidcRequestContext(request, null, new OidcRequestContextProperties(Map.of())));
    return request.headers().get("Authorization");
  }
}
