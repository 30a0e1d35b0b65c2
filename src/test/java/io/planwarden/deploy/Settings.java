package io.planwarden.deploy;

import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.management.ManagementConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings that an operator may set by environment: our own, and those of the platform. */
final class Settings {
  private static final Path CLASSES = Path.of("target/classes");

  /** Settings of the platform that are read at the start; others are fixed by the build. */
  private static final List<Class<?>> PLATFORM =
      List.of(
          VertxHttpConfig.class,
          ManagementConfig.class,
          TlsConfig.class,
          OidcConfig.class,
          ShutdownConfig.class);

  /** Outside our mappings, in application.properties: the names that NCP's own tools use. */
  private static final List<String> OTHERS = List.of("NCP_ACCESS_KEY", "NCP_SECRET_KEY");

  private static final List<Pattern> NAMES =
      Stream.concat(PLATFORM.stream(), mappings())
          .flatMap(
              type -> ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().stream())
          .map(Settings::environmentName)
          .toList();

  private Settings() {}

  /** Whether an environment variable of this name sets anything. */
  static boolean has(String variable) {
    return OTHERS.contains(variable)
        || NAMES.stream().anyMatch(name -> name.matcher(variable).matches());
  }

  private static Pattern environmentName(String property) {
    String name = property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
    return Pattern.compile(name.replace("*", "[A-Z0-9_]+"));
  }

  private static Stream<Class<?>> mappings() {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith("Config.class"))
          .<Class<?>>map(file -> type(file.replaceFirst("\\.class$", "").replace('/', '.')))
          .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
