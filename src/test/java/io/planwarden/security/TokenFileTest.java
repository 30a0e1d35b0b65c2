package io.planwarden.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {
  private static final String HASH = "a".repeat(64);
  private static final String GOOD =
      "{'caller':'billing','sha256':'" + HASH + "','roles':['editor'],'products':['weather001']}";

  @TempDir Path folder;

  @Test
  void goodFile_isRead() throws Exception {
    TokenTable table = parse("{'tokens':[" + GOOD + "]}");

    assertThat(table.entries()).hasSize(1);
    TokenEntry entry = table.entries().get(0);
    assertThat(entry.caller()).isEqualTo("billing");
    assertThat(entry.roles()).containsExactly("editor");
    assertThat(entry.products()).containsExactly("weather001");
  }

  @Test
  void emptyList_isRead() throws Exception {
    assertThat(parse("{'tokens':[]}").entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'caller':'billing'; 'caller':''; .caller",
        "'caller':'billing'; 'caller':'anonymous'; .caller",
        "'caller':'billing'; 'caller':'a b'; .caller",
        "'caller':'billing'; 'caller':7; .caller",
        "'caller'; 'Caller'; nothing else",
        "'roles':['editor'],; ; nothing else",
        "'roles':['editor'],; 'roles':[],; .roles",
        "'roles':['editor'],; 'roles':['root'],; .roles",
        "'roles':['editor'],; 'roles':'editor',; .roles",
        "'roles':['editor'],; 'roles':['editor','editor'],; .roles",
        "'roles':['editor'],; 'roles':['editor','auditor'],; exclude",
        "'roles':['editor'],; 'roles':['admin'],; exclude",
        "'products'; 'product'; nothing else",
        "'products':['weather001']; 'products':[]; .products",
        "'products':['weather001']; 'products':['*']; .products",
        "'products':['weather001']; 'products':null; .products",
        "'sha256':'aa; 'sha256':'a; 64 hexadecimal",
        "'sha256':'aa; 'sha256':'AA; 64 hexadecimal",
        "'caller':'billing'; 'caller':'billing','caller':'other'; well-formed",
      })
  void entryWithAFault_isRefused(String part, String fault, String words) {
    String file = "{'tokens':[" + GOOD.replace(part, fault == null ? "" : fault) + "]}";

    assertThatThrownBy(() -> parse(file))
        .isInstanceOf(TokenFileException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining(HASH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "''",
        "[]",
        "{}",
        "{'tokens':{}}",
        "{'tokens':[],'more':1}",
        "{'tokens':[]} {}",
        "nul"
      })
  void fileOfAnotherForm_isRefused(String file) {
    assertThatThrownBy(() -> parse(file)).isInstanceOf(TokenFileException.class);
  }

  @Test
  void sameTokenTwice_isRefused() {
    assertThatThrownBy(() -> parse("{'tokens':[" + GOOD + "," + GOOD + "]}"))
        .hasMessageContaining("tokens[1] has the sha256 of an entry before it");
  }

  /** While a token is replaced by another, both are good. */
  @Test
  void callerWithTwoTokens_isReadWithBoth() throws Exception {
    TokenTable table =
        parse("{'tokens':[" + GOOD + "," + GOOD.replace(HASH, "b".repeat(64)) + "]}");

    assertThat(table.entries())
        .extracting(TokenEntry::caller)
        .containsExactly("billing", "billing");
  }

  /** As Kubernetes does it: the file is a link to a link to a folder, and that one is swapped. */
  @Test
  void swappedLink_isNoticed() throws Exception {
    volume("v1", "pw_one");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
    Path file =
        Files.createSymbolicLink(folder.resolve("tokens.json"), Path.of("..data/tokens.json"));
    Tokens tokens = tokens(file);
    tokens.load();
    assertThat(tokens.find("pw_one")).isPresent();

    volume("v2", "pw_two");
    Path next = Files.createSymbolicLink(folder.resolve("..next"), Path.of("v2"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    tokens.refresh();

    assertThat(tokens.find("pw_one")).isEmpty();
    assertThat(tokens.find("pw_two")).isPresent();
  }

  @Test
  void fileThatIsGone_leavesTheLastGoodOneInUse() throws Exception {
    volume("v1", "pw_one");
    Path file = folder.resolve("v1/tokens.json");
    Tokens tokens = tokens(file);
    tokens.load();

    Files.delete(file);
    tokens.refresh();
    assertThat(tokens.find("pw_one")).isPresent();
    assertThat(tokens.fault()).contains("it cannot be read");

    volume("v1", "pw_one");
    tokens.refresh();
    assertThat(tokens.fault()).isEmpty();
  }

  @Test
  void badFileAtTheStart_isRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens.json"), "{");
    assertThatThrownBy(() -> tokens(file).load()).isInstanceOf(TokenFileException.class);
  }

  private void volume(String name, String token) throws Exception {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(
        folder.resolve(name).resolve("tokens.json"),
        "{\"tokens\":[" + TokenProfile.entry("a", token, "reader", null) + "]}");
  }

  private static Tokens tokens(Path file) {
    return new Tokens(
        new SmallRyeConfigBuilder()
            .withMapping(SecurityConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "planwarden.security.mode",
                        "token",
                        "planwarden.security.token.file",
                        file.toString()),
                    "test",
                    100))
            .build()
            .getConfigMapping(SecurityConfig.class));
  }

  private static TokenTable parse(String file) throws TokenFileException {
    return TokenFile.parse(file.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
