package io.planwarden.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.AppProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/archive} makes, as images start it. */
@Tag("jar")
class ArchiveIT {
  @TempDir Path folder;
  private Path application;

  @BeforeEach
  void copyOfTheApplication() throws IOException {
    Path packaged = Path.of(System.getProperty("planwarden.jar")).getParent();
    application = folder.resolve("app");
    try (Stream<Path> files = Files.walk(packaged)) {
      for (Path each : files.toList()) {
        Files.copy(each, application.resolve(packaged.relativize(each).toString()));
      }
    }
  }

  @Test
  @Tag("archive")
  void applicationWithIt_takesItsClassesFromThereAndServes() throws Exception {
    Run made = archive(Map.of());
    assertThat(made.exitCode()).as(made.output()).isZero();
    Path classes = folder.resolve("classes.log");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));

    try (AppProcess app =
        AppProcess.archived(
            application,
            List.of("-Xlog:class+load:file=" + classes, "-Djava.io.tmpdir=" + temporary),
            List.of(),
            Map.of(
                "PLANWARDEN_SANDBOX_ENABLED",
                "true",
                "PLANWARDEN_STORAGE_PATH",
                folder.resolve("planwarden.db").toString()))) {
      given().baseUri(app.url()).get("/v1/usage-plans").then().statusCode(200);
      assertThat(app.output())
          .doesNotContain("[warning]", "[cds]", "[aot]", "WARNING:", "already registered");
      // The driver would unpack its library there.
      assertThat(temporary.toFile().list()).noneMatch(name -> name.contains("sqlite"));
    }

    // Those that the JVM makes itself are in no file.
    List<String> own =
        Files.readAllLines(classes).stream()
            .filter(line -> line.contains(" io.planwarden.") && !line.contains("$$Lambda"))
            .toList();
    assertThat(own).hasSizeGreaterThan(200);
    // But for what only another security mode than the day's needs.
    assertThat(own)
        .filteredOn(line -> !line.contains("source: shared objects file"))
        .hasSizeLessThan(5);
    try (AppProcess command =
        AppProcess.archived(application, List.of(), List.of("token", "help"), Map.of())) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.output()).contains("Usage: token new");
    }
  }

  @Test
  void modulesThatTheJarOpens_areOpenByClassPathToo() throws Exception {
    String script = Files.readString(Path.of("bin/archive"));
    try (JarFile jar = new JarFile(System.getProperty("planwarden.jar"))) {
      String opened = jar.getManifest().getMainAttributes().getValue("Add-Opens");
      assertThat(opened.split(" "))
          .allMatch(each -> script.contains("--add-opens=" + each + "=ALL-UNNAMED"))
          .hasSize(script.split("--add-opens=").length - 1);
    }
  }

  @Test
  @Tag("archive")
  void dayThatDoesNotPass_leavesNothingAndSaysWhy() throws Exception {
    Files.writeString(application.resolve("planwarden.args"), "of the build before");

    Run made = archive(Map.of("JAVA_TOOL_OPTIONS", "-Dplanwarden.ncp.base-url=http://127.0.0.1:1"));

    assertThat(made.exitCode()).isNotZero();
    assertThat(made.output()).contains("PLANWARDEN_NCP_BASE_URL");
    assertThat(application.resolve("planwarden.args")).doesNotExist();
  }

  private record Run(int exitCode, String output) {}

  private Run archive(Map<String, String> environment) throws Exception {
    Path output = folder.resolve("archive.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of("bin/archive").toAbsolutePath().toString(), application.toString(), "5")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", AppProcess.javaHome());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), Files.readString(output));
  }
}
