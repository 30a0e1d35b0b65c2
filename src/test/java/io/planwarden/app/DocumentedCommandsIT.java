package io.planwarden.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of documents, run as printed against the packaged application and a sandbox beside
 * it. Blocks of {@code sh} are run in one shell; a block of {@code json} or {@code http} after one
 * is what it prints, where an ellipsis stands for anything and spaces do not count.
 */
class DocumentedCommandsIT {
  private static final Pattern BLOCK =
      Pattern.compile("```(sh|json|http)\\n(.*?)```", Pattern.DOTALL);
  private static final String END = "@@@ end of block @@@";

  @TempDir static Path folder;
  private static AppProcess sandbox;
  private static AppProcess app;

  /** Commands, and what they print. */
  private record Step(String commands, String answer) {}

  @BeforeAll
  static void start() {
    sandbox = AppProcess.command("sandbox", "--port", "0");
    app =
        AppProcess.service(
            Map.of(
                "PLANWARDEN_STORAGE_PATH",
                folder.resolve("planwarden.db").toString(),
                "PLANWARDEN_NCP_BASE_URL",
                sandbox.sandboxUrl(),
                "NCP_ACCESS_KEY",
                "sandboxAccessKey0001",
                "NCP_SECRET_KEY",
                "sandboxSecretKey0000000000000000000000001"));
  }

  @AfterAll
  static void stop() {
    app.close();
    sandbox.close();
  }

  @BeforeEach
  void beginWithTheSeed() {
    sandbox().reset();
  }

  @Test
  void walkThroughOfTheReadme_worksAsPrinted() throws Exception {
    int before = outcomes().size();

    String output = String.join("", run(steps("README.md")));

    assertThat(output).contains("\"usagePlanName\":\"Free\"", "204 No Content");
    String[] changes = {
      "create-plan", "edit-plan", "attach-plan", "assign-plan", "detach-plan", "delete-plan"
    };
    assertThat(sandbox().ledger())
        .extracting(row -> row.get("kind"))
        .containsExactly((Object[]) changes);
    List<Map<String, Object>> rows = outcomes();
    assertThat(rows.subList(0, rows.size() - before))
        .hasSize(changes.length)
        .allMatch(row -> row.get("outcome").equals("applied"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/getting-started.md", "docs/api-tour.md"})
  void commandsOfAPage_printWhatItSays(String page) throws Exception {
    List<Step> steps = steps(page);

    List<String> printed = run(steps);

    assertThat(printed).hasSameSizeAs(steps);
    for (int i = 0; i < steps.size(); i++) {
      assertThat(printed.get(i).replaceAll("\\s", ""))
          .as(steps.get(i).commands())
          .matches(pattern(steps.get(i).answer()));
    }
  }

  private static Pattern pattern(String answer) {
    return Pattern.compile(
        Arrays.stream(answer.replaceAll("\\s", "").split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*?")));
  }

  private static SandboxClient sandbox() {
    return new SandboxClient(URI.create(sandbox.sandboxUrl()));
  }

  private static List<Map<String, Object>> outcomes() {
    return given()
        .baseUri(app.url())
        .get("/v1/audit?limit=100")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.findAll { it.phase == 'outcome' }");
  }

  private static List<Step> steps(String document) throws IOException {
    List<Step> steps = new ArrayList<>();
    var blocks = BLOCK.matcher(Files.readString(Path.of(document)));
    while (blocks.find()) {
      if (blocks.group(1).equals("sh")) {
        steps.add(new Step(blocks.group(2), "…"));
      } else {
        steps.add(new Step(steps.remove(steps.size() - 1).commands(), blocks.group(2)));
      }
    }
    assertThat(steps).isNotEmpty();
    return steps;
  }

  /** What each step prints. */
  private static List<String> run(List<Step> steps) throws Exception {
    String script =
        steps.stream()
            .map(step -> step.commands() + "echo '" + END + "'\n")
            .collect(Collectors.joining())
            .replace("localhost:8080", app.url())
            .replace("localhost:8091", sandbox.sandboxUrl());
    Process shell =
        new ProcessBuilder("sh", "-euc", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as(output).isZero();
    return List.of(output.split(END + "\n"));
  }
}
