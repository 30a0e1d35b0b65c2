package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents hang together: each page is found, and each link leads somewhere. */
class DocumentsTest {
  private static final Path CONTENTS = Path.of("docs/README.md");
  private static final Pattern LINK = Pattern.compile("]\\(([^):#]*)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);
  private static final Pattern IN_THE_POD =
      Pattern.compile("`audit (backup|restore|archive) ([^\\s`]+) ([^\\s`]+)[^`]*`");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"));
        Stream<Path> root = Files.list(Path.of(""))) {
      return Stream.concat(docs, root).filter(f -> f.toString().endsWith(".md")).sorted().toList();
    }
  }

  @Test
  void contents_nameEveryPageOnce() throws IOException {
    assertThat(links(CONTENTS).stream().map(link -> target(CONTENTS, link)).filter(this::isPage))
        .containsExactlyInAnyOrderElementsOf(
            pages().stream().filter(p -> isPage(p) && !p.equals(CONTENTS)).toList());
  }

  private boolean isPage(Path path) {
    return path.startsWith("docs");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void link_leadsToWhatIsThere(Path page) throws IOException {
    for (MatchResult link : links(page)) {
      Path target = target(page, link);
      assertThat(target).as("link in %s", page).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as("%s in %s", link.group(), page).contains(link.group(2));
      }
    }
  }

  @Test
  void readme_isShort() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThan(150);
  }

  /** The pod's working directory is read-only. */
  @Test
  void commandsInThePod_nameFilesOfItsVolume() throws IOException {
    List<MatchResult> commands =
        IN_THE_POD.matcher(Files.readString(Path.of("docs/operations.md"))).results().toList();

    assertThat(commands)
        .extracting(command -> command.group(1))
        .contains("backup", "restore", "archive");
    assertThat(commands)
        .flatExtracting(command -> List.of(command.group(2), command.group(3)))
        .allMatch(file -> file.startsWith("/data/"));
  }

  private static List<MatchResult> links(Path page) throws IOException {
    String text = CODE.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(text).results().toList();
  }

  private static Path target(Path page, MatchResult link) {
    return link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
  }

  private static List<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(
            h ->
                "#"
                    + h.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
        .toList();
  }
}
