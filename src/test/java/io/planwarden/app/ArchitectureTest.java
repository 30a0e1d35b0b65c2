package io.planwarden.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.planwarden.gateway.Reach;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of packages of docs/architecture.md, and the rules around it. */
class ArchitectureTest {
  private static final String ROOT = "io.planwarden.";
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\|.*\\| ([^|]+) \\|$", Pattern.MULTILINE);

  /** Package, then what it may use, as the page has it. Only {@code app} may use everything. */
  private static final Map<String, List<String>> MAY_USE = table();

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.planwarden");

  private static Map<String, List<String>> table() {
    try {
      String page = Files.readString(java.nio.file.Path.of("docs/architecture.md"));
      String section =
          Stream.of(page.split("\n## ", -1))
              .filter(part -> part.startsWith("Packages\n"))
              .findAny()
              .orElseThrow();
      return ROW.matcher(section)
          .results()
          .filter(row -> !row.group(1).equals("app"))
          .collect(
              Collectors.toMap(
                  row -> row.group(1),
                  row -> row.group(2).equals("–") ? List.of() : List.of(row.group(2).split(", "))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> packages() {
    return MAY_USE.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackage_usesOnlyWhatTheTableAllows(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), MAY_USE.get(name).stream())
            .map(ROOT::concat)
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> outsideOrAllowed =
        resideOutsideOfPackage("io.planwarden..").or(resideInAnyOf(allowed));
    classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat(outsideOrAllowed)
        .allowEmptyShould(true)
        .check(MAIN);
  }

  private static DescribedPredicate<JavaClass> resideInAnyOf(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  @Test
  void everyPackage_isInTheTable() {
    assertThat(MAIN.stream().map(c -> c.getPackageName().replace(ROOT, "")).distinct())
        .filteredOn(name -> !name.equals("app"))
        .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.planwarden.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyChange_namesTheWritesOfTheGateway() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "change", ROOT + "gateway", ROOT + "ncp", ROOT + "resilience", ROOT + "app")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + "gateway.GatewayWrites")
        .check(MAIN);
  }

  @Test
  void jdbc_staysInStorageAndItsUsers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "storage", ROOT + "audit", ROOT + "idempotency", ROOT + "replica")
        .should()
        .dependOnClassesThat(resideInAPackage("java.sql..").or(resideInAPackage("javax.sql..")))
        .check(MAIN);
  }

  @Test
  void drivers_stayInStorage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "storage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..", "org.postgresql..", "io.agroal..", "org.flywaydb..")
        .check(MAIN);
  }

  /** Everybody else is content with a {@code Store}, whichever it is. */
  @Test
  void kindsOfStores_areToldApartInStorageAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "storage")
        .and()
        .doNotHaveSimpleName("StartupChecks")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + "storage.StorageKind")
        .check(MAIN);
  }

  @Test
  void faultTolerance_staysInResilience() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "resilience")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.smallrye.faulttolerance..", "org.eclipse.microprofile.faulttolerance..")
        .check(MAIN);
  }

  @Test
  void restPaths_areOnlyOnResources() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Resource")
        .should()
        .beAnnotatedWith(Path.class)
        .check(MAIN);
  }

  /** The list may only shrink. */
  @Test
  void onlyTheProblemPages_areForEverybody() {
    assertThat(
            MAIN.stream()
                .filter(
                    c ->
                        c.isAnnotatedWith(PermitAll.class)
                            || c.getMethods().stream()
                                .anyMatch(m -> m.isAnnotatedWith(PermitAll.class)))
                .map(JavaClass::getSimpleName))
        .isSubsetOf("ProblemResource");
  }

  @Test
  void resources_reachWhatTheirCallerMay() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Resource")
        .or()
        .resideInAPackage(ROOT + "usageplan")
        .or()
        .haveFullyQualifiedName(ROOT + "catalog.Calls")
        .should()
        .accessField(Reach.class, "ALL")
        .check(MAIN);
  }

  @Test
  void time_comesFromAnInjectedClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(MAIN);
  }

  @Test
  void dependencies_comeThroughConstructors() {
    fields().should().notBeAnnotatedWith(Inject.class).check(MAIN);
    fields().should().notBeAnnotatedWith(ConfigProperty.class).check(MAIN);
  }

  @Test
  void classNames_sayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Service|Controller)$")
        .orShould()
        .haveNameMatching(".*\\.Abstract[^.]*")
        .check(MAIN);
  }

  @Test
  void sourceFiles_haveAtMost300Lines() throws IOException {
    Map<String, Long> tooLong = new TreeMap<>();
    try (var files = Files.walk(java.nio.file.Path.of("src/main/java"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        try (var lines = Files.lines(file)) {
          long count = lines.count();
          if (count > 300) {
            tooLong.put(file.toString(), count);
          }
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }
}
