package io.planwarden.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private static final Pattern TOKEN = Pattern.compile("pw_[A-Za-z0-9_-]{43}");
  private static final Pattern ENTRY = Pattern.compile("\\{.*}");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void newToken_isLetInByTheEntryThatIsPrintedWithIt() throws Exception {
    int code =
        run("new", "--caller", "billing", "--role", "editor", "reader", "--product", "weather001");

    assertThat(code).isZero();
    String token = find(TOKEN);
    TokenTable table =
        TokenFile.parse(("{\"tokens\":[" + find(ENTRY) + "]}").getBytes(StandardCharsets.UTF_8));
    TokenEntry entry = table.find(token).orElseThrow();
    assertThat(entry.caller()).isEqualTo("billing");
    assertThat(entry.roles()).containsExactlyInAnyOrder("editor", "reader");
    assertThat(entry.products()).containsExactly("weather001");
    assertThat(find(ENTRY)).doesNotContain(token);
    assertThat(table.find(token + "x")).isEmpty();
  }

  @Test
  void tokens_differ() {
    run("new", "--caller", "a", "--role", "reader");
    run("new", "--caller", "a", "--role", "reader");

    List<String> tokens =
        TOKEN.matcher(out.toString(StandardCharsets.UTF_8)).results().map(r -> r.group()).toList();
    assertThat(tokens).hasSize(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old",
        "new",
        "new --caller a",
        "new --role reader",
        "new --caller a b --role reader",
        "new --caller a --role reader --product",
        "new --caller a --product --role reader",
        "new --caller a --role root",
        "new --caller anonymous --role reader",
        "new --caller a --role admin --product weather001",
        "new --caller a --role reader --lifetime 1",
        "new a --role reader"
      })
  void wrongUse_makesNoToken(String arguments) {
    int code = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: token new");
  }

  private int run(String... arguments) {
    return TokenCommand.run(
        random, new PrintStream(out, true), new PrintStream(err, true), arguments);
  }

  private final Random random = new Random(1);

  private String find(Pattern pattern) {
    Matcher matcher = pattern.matcher(out.toString(StandardCharsets.UTF_8));
    assertThat(matcher.find()).isTrue();
    return matcher.group();
  }
}
