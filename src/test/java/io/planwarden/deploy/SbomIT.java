package io.planwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bill of materials lists what is packaged. */
class SbomIT {
  private static final JsonPath SBOM =
      JsonPath.from(Path.of("target/planwarden-cyclonedx.json").toFile());

  /** A native executable has no jars: its profile leaves this out. */
  @Tag("jar")
  @Test
  void librariesOfTheJar_areListedAndNoOthers() throws IOException {
    Path libraries = Path.of(System.getProperty("planwarden.jar")).resolveSibling("lib");
    List<String> listed =
        SBOM.getList(
            "components.findAll { it.name != 'planwarden' }"
                + ".collect { it.group + '.' + it.name + '-' + it.version + '.jar' }");

    try (Stream<Path> files = Files.walk(libraries)) {
      List<String> packaged =
          files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
      assertThat(packaged).isNotEmpty();
      assertThat(listed).containsExactlyInAnyOrderElementsOf(packaged);
    }
  }

  @Test
  void everyComponent_hasAHash() {
    assertThat(SBOM.getString("bomFormat")).isEqualTo("CycloneDX");
    assertThat(SBOM.<List<Object>>getList("components.hashes")).doesNotContainNull();
  }
}
