package io.planwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What native-image would be given, which is as much of a native build as can be had without
 * GraalVM: what is read or made by name is registered. Made in the profile {@code ci} only.
 */
@EnabledIfSystemProperty(named = "native.sources", matches = ".+")
class NativeSourcesIT {
  private static final String OURS = "io.planwarden.";

  /**
   * Read by the build and not by the executable; configuration's sources come with its own code.
   */
  private static final Set<String> OF_THE_BUILD =
      Set.of(
          "application.properties",
          "openapi-examples.json",
          "ApiExamples",
          "META-INF/services/io.smallrye.config.ConfigSourceFactory");

  /** Holders of records that are bound by their type's parameter. */
  private static final Set<String> WIRE =
      Set.of(OURS + "ncp.Envelopes", OURS + "ncp.RequestBodies");

  /** What turns objects into JSON or JSON into objects, by their members' names. */
  private static final Set<String> BINDERS =
      Set.of(
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.databind.ObjectReader",
          "com.fasterxml.jackson.databind.ObjectWriter",
          OURS + "ncp.Json");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.planwarden");

  private final Path folder = Path.of(System.getProperty("native.sources"));

  @Test
  void typesThatAreBoundToJson_areRegistered() throws IOException {
    Set<String> registered =
        new JsonArray(config("reflect-config.json"))
            .stream()
                .map(JsonObject.class::cast)
                .filter(type -> type.getBoolean("allDeclaredMethods", false))
                .map(type -> type.getString("name"))
                .collect(Collectors.toSet());

    Set<String> bound = boundToJson();
    assertThat(bound).contains(OURS + "audit.AuditRow", OURS + "gateway.PlanSummary");
    assertThat(registered).containsAll(bound);
  }

  /**
   * Those that code names or is given where it binds, those of NCP's wire and those that resources
   * answer with; and all that these have as members.
   */
  private static Set<String> boundToJson() {
    Deque<JavaClass> rest = new ArrayDeque<>();
    for (JavaClass type : MAIN) {
      if (type.getEnclosingClass().map(JavaClass::getName).filter(WIRE::contains).isPresent()) {
        rest.add(type);
      }
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (type.isAnnotatedWith(jakarta.ws.rs.Path.class)
            && unit.getModifiers().contains(JavaModifier.PUBLIC)) {
          rest.addAll(unit.getReturnType().getAllInvolvedRawTypes());
        }
        if (binds(unit)) {
          unit.getReferencedClassObjects().forEach(named -> rest.add(named.getRawType()));
          rest.addAll(unit.getRawParameterTypes());
        }
      }
    }
    Set<String> bound = new TreeSet<>();
    while (!rest.isEmpty()) {
      JavaClass type = rest.remove();
      boolean isData = type.isRecord() || type.isEnum();
      if (isData
          && !OF_THE_BUILD.contains(type.getSimpleName())
          && type.getName().startsWith(OURS)
          && bound.add(type.getName())) {
        type.getFields().forEach(field -> rest.addAll(members(field)));
      }
    }
    return bound;
  }

  private static boolean binds(JavaCodeUnit unit) {
    return unit.getCallsFromSelf().stream()
        .anyMatch(call -> BINDERS.contains(call.getTargetOwner().getName()));
  }

  private static Collection<JavaClass> members(JavaField field) {
    return field.getModifiers().contains(JavaModifier.STATIC)
        ? List.of()
        : field.getType().getAllInvolvedRawTypes();
  }

  @Test
  void resources_areInTheExecutable() throws IOException {
    List<Pattern> included =
        new JsonObject(config("resource-config.json"))
            .getJsonObject("resources").getJsonArray("includes").stream()
                .map(include -> Pattern.compile(((JsonObject) include).getString("pattern")))
                .toList();
    Path resources = Path.of("src/main/resources");

    try (Stream<Path> files = Files.walk(resources)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> resources.relativize(file) + ""))
          .isNotEmpty()
          .filteredOn(name -> !OF_THE_BUILD.contains(name))
          .allMatch(name -> included.stream().anyMatch(pattern -> pattern.matcher(name).matches()));
    }
  }

  @Test
  void driverOfSqlite_bringsItsLibraryAndWhatRegistersItsCallbacks() throws IOException {
    try (Stream<Path> libraries = Files.list(folder.resolve("lib"))) {
      Path driver =
          libraries.filter(jar -> jar.toString().contains("sqlite-jdbc-3")).findAny().get();
      assertThat(
              text(driver, "META-INF/native-image/org.xerial/sqlite-jdbc/native-image.properties"))
          .contains("--features=org.sqlite.nativeimage.SqliteJdbcFeature");
      assertThat(text(driver, "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so")).isNotEmpty();
    }
  }

  @Test
  void arguments_openHttpsAndLeaveRandomNumbersToTheProcess() throws IOException {
    assertThat(Files.readString(folder.resolve("native-image.args")).split("\\s+"))
        .contains(
            "--no-fallback",
            "--enable-url-protocols=http,https",
            "--initialize-at-run-time=com.github.f4b6a3.ulid.UlidCreator$MonotonicFactoryHolder");
  }

  @Test
  void randomNumbers_areNotMadeByTheBuild() {
    assertThat(
            MAIN.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> field.getRawType().isAssignableTo(Random.class)))
        .isEmpty();
  }

  private String config(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Path jar = files.filter(file -> file.toString().endsWith("-runner.jar")).findAny().get();
      return text(jar, "META-INF/native-image/" + name);
    }
  }

  private static String text(Path jar, String entry) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile());
        var in = zip.getInputStream(zip.getEntry(entry))) {
      return Buffer.buffer(in.readAllBytes()).toString();
    }
  }
}
