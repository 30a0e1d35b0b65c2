package io.planwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.app.ConfigurationSources.Group;
import io.planwarden.app.ConfigurationSources.Setting;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference in docs/configuration.md is the one of the code, and leaves no setting out. */
class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final String WRITE =
      "./mvnw test -Dtest=ConfigurationReferenceTest -Dconfiguration.write=true";
  private static final String BEGIN = "<!-- From here on written from the code: " + WRITE + " -->";
  private static final Pattern KEY_OF_A_MAP = Pattern.compile("\\.\"value\"$");
  private static final Pattern VARIABLE = Pattern.compile("PLANWARDEN_[A-Z0-9_]+…?");

  /** Name, variable and default of a row that is written by hand. */
  private static final Pattern PLATFORM_ROW =
      Pattern.compile(
          "^\\| `(quarkus[^`]+)` \\| `(QUARKUS_[^`]+)` \\| .* \\| `([^`]+)`", Pattern.MULTILINE);

  /** A default that is the value of something else. */
  private static final Pattern BORROWED = Pattern.compile("\\$\\{([A-Za-z_.-]+)(:[^}]*)?}");

  private static final List<Group> GROUPS = groups();
  private static final Properties PRESETS = presets();

  private static List<Group> groups() {
    try {
      return ConfigurationSources.read(Path.of("src/main/java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties presets() {
    Properties presets = new Properties();
    try (Reader file =
        Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      presets.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return presets;
  }

  static Stream<Setting> settings() {
    return GROUPS.stream().flatMap(group -> group.settings().stream());
  }

  static Set<String> mappings() {
    return GROUPS.stream().map(Group::type).collect(Collectors.toSet());
  }

  @Test
  void committedReference_isWhatTheCodeSays() throws IOException {
    String page = Files.readString(PAGE);
    String generated = page.substring(0, page.indexOf(BEGIN)) + BEGIN + "\n\n" + reference();
    if (Boolean.getBoolean("configuration.write")) {
      Files.writeString(PAGE, generated);
    }
    assertThat(Files.readString(PAGE))
        .as("%s is out of date; write it anew with: %s", PAGE, WRITE)
        .isEqualTo(generated);
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void settingsOfAMapping_areThoseThatAreRead(String type) throws ClassNotFoundException {
    Map<String, Optional<String>> described = new TreeMap<>();
    GROUPS.stream()
        .filter(group -> group.type().equals(type))
        .flatMap(group -> group.settings().stream())
        .forEach(s -> described.put(KEY_OF_A_MAP.matcher(s.name()).replaceAll(".*"), s.preset()));

    Map<String, Optional<String>> read = new TreeMap<>();
    ConfigMappings.getProperties(ConfigClass.configClass(Class.forName(type)))
        .forEach(
            (name, property) ->
                read.put(
                    name.replace("[*]", ""),
                    property.hasDefaultValue()
                        ? Optional.of(property.getDefaultValue())
                        : Optional.empty()));

    assertThat(described).isNotEmpty().isEqualTo(read);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void setting_isDescribed(Setting setting) {
    assertThat(setting.meaning())
        .as("Javadoc of %s", setting.name())
        .matches("[A-Z].*\\.")
        .doesNotContain("@", "{", "<");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void setting_isReadFromItsVariable(Setting setting) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new EnvConfigSource(Map.of(variable(setting.name()), "given"), 300))
            .build();
    assertThat(config.getRawValue(setting.name())).isEqualTo("given");
  }

  @Test
  void settingsOfThePlatform_haveTheDefaultsOfProduction() throws IOException {
    var rows = PLATFORM_ROW.matcher(Files.readString(PAGE)).results().toList();
    assertThat(rows).hasSizeGreaterThan(5);
    assertThat(rows)
        .allSatisfy(
            row -> {
              String name = row.group(1);
              assertThat(row.group(2)).isEqualTo(variable(name));
              assertThat(row.group(3))
                  .isEqualTo(PRESETS.getProperty("%prod." + name, PRESETS.getProperty(name)));
            });
  }

  /** A variable that ends in an ellipsis stands for all that begin so. */
  @Test
  void variablesThatDocumentsAndManifestsName_areSettings() throws IOException {
    Set<String> known = settings().map(s -> variable(s.name())).collect(Collectors.toSet());
    for (Path file : documents()) {
      assertThat(VARIABLE.matcher(Files.readString(file)).results().map(found -> found.group()))
          .as("%s", file)
          .allMatch(
              name ->
                  name.endsWith("…")
                      ? known.stream().anyMatch(k -> k.startsWith(name.replaceAll("_*…", "")))
                      : known.contains(name));
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> documents = Files.walk(Path.of("docs"));
        Stream<Path> manifests = Files.walk(Path.of("deploy"))) {
      return Stream.of(
              Stream.of(Path.of("README.md"), Path.of("SECURITY.md")), documents, manifests)
          .flatMap(files -> files)
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static String reference() {
    return GROUPS.stream()
        .map(ConfigurationReferenceTest::section)
        .collect(Collectors.joining("\n"));
  }

  private static String section(Group group) {
    String head = "## `%s`\n\n%s\n".formatted(group.prefix(), group.about());
    return group.settings().isEmpty()
        ? head
        : head
            + "\n| setting | environment variable | meaning | default |\n| --- | --- | --- | --- |\n"
            + group.settings().stream()
                .map(ConfigurationReferenceTest::row)
                .collect(Collectors.joining());
  }

  private static String row(Setting setting) {
    return "| `%s` | `%s` | %s | %s |\n"
        .formatted(
            setting.name(),
            variable(setting.name()),
            setting.meaning().replace("|", "\\|"),
            preset(setting));
  }

  private static String variable(String name) {
    return StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT);
  }

  private static String preset(Setting setting) {
    String general =
        Optional.ofNullable(PRESETS.getProperty(setting.name()))
            .or(setting::preset)
            .map(ConfigurationReferenceTest::shown)
            .orElse("–");
    String inDevelopment = PRESETS.getProperty("%dev." + setting.name());
    assertThat(PRESETS.getProperty("%prod." + setting.name()))
        .as("a default of production belongs into the code: %s", setting.name())
        .isNull();
    return inDevelopment == null ? general : general + "; in dev mode " + shown(inDevelopment);
  }

  private static String shown(String preset) {
    var borrowed = BORROWED.matcher(preset);
    return borrowed.matches() ? "that of `" + borrowed.group(1) + "`" : "`" + preset + "`";
  }
}
