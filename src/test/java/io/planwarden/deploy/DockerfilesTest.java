package io.planwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told of the images without building them. */
class DockerfilesTest {
  private static final Path FOLDER = Path.of("src/main/docker");

  private record Instruction(String name, String value) {}

  /** The instructions of the last stage, which the image is made of. */
  private static List<Instruction> image(String dockerfile) throws IOException {
    List<Instruction> all = instructions(dockerfile);
    int last = all.stream().map(Instruction::name).toList().lastIndexOf("FROM");
    return all.subList(last, all.size());
  }

  private static List<Instruction> instructions(String dockerfile) throws IOException {
    String text =
        Files.readString(FOLDER.resolve(dockerfile))
            .replaceAll("(?m)^#.*\\n", "")
            .replaceAll("\\\\\\n\\s*", "");
    List<Instruction> instructions = new ArrayList<>();
    text.lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split(" ", 2))
        .forEach(parts -> instructions.add(new Instruction(parts[0], parts[1])));
    return instructions;
  }

  private static List<String> all(List<Instruction> instructions, String name) {
    return instructions.stream()
        .filter(instruction -> instruction.name().equals(name))
        .map(Instruction::value)
        .toList();
  }

  @Test
  void everyDockerfile_isOneOfThese() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "Dockerfile.jvm", "Dockerfile.native", "Dockerfile.native-micro");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native", "Dockerfile.native-micro"})
  void image_runsAsTheUserOfTheManifestsAndWritesItsVolumeOnly(String file) throws IOException {
    List<Instruction> image = image(file);
    Manifests manifests = Manifests.of("overlays/sqlite");
    int user = manifests.pod("spec.securityContext.runAsUser");
    String volume = manifests.container("volumeMounts.find { !it.readOnly }.mountPath");

    assertThat(all(image, "USER")).containsExactly(user + ":" + user);
    assertThat(all(image, "VOLUME")).containsExactly(volume);
    assertThat(all(image, "RUN")).isEmpty();
    List<String> entry = entry(image);
    assertThat(entry).contains("-Djava.io.tmpdir=" + volume, "-Dorg.sqlite.lib.path=/app");
    assertThat(all(image, "CMD")).isEmpty();
  }

  /** In the exec form, so that the process itself gets the signals. */
  private static List<String> entry(List<Instruction> image) {
    List<String> entries = all(image, "ENTRYPOINT");
    assertThat(entries).hasSize(1);
    return new JsonArray(entries.get(0)).stream().map(String::valueOf).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native", "Dockerfile.native-micro"})
  void environmentAndPorts_areThoseOfTheApplication(String file) throws IOException {
    List<Instruction> image = image(file);
    List<String> names =
        Stream.of(all(image, "ENV").get(0).split("\\s+")).map(e -> e.split("=")[0]).toList();

    assertThat(names).isNotEmpty().allMatch(Settings::has);
    assertThat(all(image, "EXPOSE")).containsExactly("8080 8443 9000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native", "Dockerfile.native-micro"})
  void labels_areThoseOfTheBuild(String file) throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String labels = String.join("", all(image(file), "LABEL"));

    for (String name : List.of("version", "description")) {
      var found = Pattern.compile("<%1$s>(.+?)</%1$s>".formatted(name)).matcher(pom);
      assertThat(found.find()).isTrue();
      assertThat(labels)
          .contains("org.opencontainers.image.%s=\"%s\"".formatted(name, found.group(1)));
    }
    assertThat(labels).contains("org.opencontainers.image.licenses=\"Apache-2.0\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native", "Dockerfile.native-micro"})
  void whatIsCopied_isInTheContext(String file) throws IOException {
    List<String> allowed =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();

    assertThat(all(instructions(file), "COPY"))
        .filteredOn(copy -> !copy.startsWith("--from"))
        .flatMap(copy -> List.of(copy.split(" ")).subList(0, copy.split(" ").length - 1))
        .isNotEmpty()
        .allMatch(path -> allowed.contains(path) && Files.exists(Path.of(path)));
  }
}
