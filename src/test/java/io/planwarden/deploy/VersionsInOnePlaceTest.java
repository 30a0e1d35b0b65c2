package io.planwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Versions of dependencies and plugins are properties of the POM, and written nowhere else. */
class VersionsInOnePlaceTest {
  @Test
  void everyVersion_isAPropertyOfThePom() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    List<String> versions =
        Pattern.compile("<version>(.+?)</version>")
            .matcher(pom)
            .results()
            .map(MatchResult::group)
            .toList();
    String ownVersion = versions.get(0);

    assertThat(versions)
        .filteredOn(version -> !version.equals(ownVersion))
        .isNotEmpty()
        .allMatch(version -> version.matches("<version>\\$\\{[a-z0-9-]+\\.version}</version>"));
    assertThat(pom.substring(pom.indexOf("</properties>"))).doesNotContainPattern("<version>\\d");
  }
}
