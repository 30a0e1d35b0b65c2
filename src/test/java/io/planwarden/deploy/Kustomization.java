package io.planwarden.deploy;

import static io.planwarden.deploy.StrategicMerge.object;
import static io.planwarden.deploy.StrategicMerge.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What Kustomize makes of a folder, as far as the folders here use it: what it does not know fails.
 * The names of generated objects get no hash. {@link ManifestsTest} compares it with the real one
 * wherever kubectl is installed.
 */
final class Kustomization {
  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "resources",
          "components",
          "patches",
          "configMapGenerator");

  private final List<Map<String, Object>> objects = new ArrayList<>();

  private Kustomization() {}

  /** The objects of a folder. */
  static List<Map<String, Object>> render(Path folder) {
    Kustomization kustomization = new Kustomization();
    kustomization.add(folder);
    return kustomization.objects;
  }

  private void add(Path folder) {
    Map<String, Object> file = documents(folder.resolve("kustomization.yaml")).get(0);
    if (!KNOWN.containsAll(file.keySet())) {
      throw new IllegalArgumentException("not understood in " + folder + ": " + file.keySet());
    }
    for (String list : List.of("resources", "components")) {
      for (String name : strings(file.get(list))) {
        Path path = folder.resolve(name).normalize();
        if (Files.isDirectory(path)) {
          add(path);
        } else {
          objects.addAll(documents(path));
        }
      }
    }
    for (Map<String, Object> generator : list(file.get("configMapGenerator"))) {
      generate(folder, generator);
    }
    for (Map<String, Object> patch : list(file.get("patches"))) {
      documents(folder.resolve((String) patch.get("path"))).forEach(this::patch);
    }
    if (file.get("namespace") instanceof String namespace) {
      objects.stream()
          .filter(object -> !"Namespace".equals(object.get("kind")))
          .forEach(object -> object(object.get("metadata")).put("namespace", namespace));
    }
  }

  private void generate(Path folder, Map<String, Object> generator) {
    Map<String, Object> data = new LinkedHashMap<>();
    strings(generator.get("envs")).stream()
        .flatMap(name -> lines(folder.resolve(name)))
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> setting(data, line));
    strings(generator.get("literals")).forEach(line -> setting(data, line));
    strings(generator.get("files"))
        .forEach(
            name ->
                data.put(
                    name,
                    lines(folder.resolve(name))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())));
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("apiVersion", "v1");
    made.put("kind", "ConfigMap");
    made.put("metadata", new LinkedHashMap<>(Map.of("name", generator.get("name"))));
    made.put("data", data);
    if ("merge".equals(generator.get("behavior"))) {
      patch(made);
    } else {
      objects.add(made);
    }
  }

  private static void setting(Map<String, Object> data, String line) {
    int equals = line.indexOf('=');
    data.put(line.substring(0, equals), line.substring(equals + 1));
  }

  private void patch(Map<String, Object> patch) {
    List<Map<String, Object>> targets =
        objects.stream().filter(object -> id(object).equals(id(patch))).toList();
    if (targets.size() != 1) {
      throw new IllegalArgumentException(targets.size() + " objects to patch: " + id(patch));
    }
    objects.replaceAll(
        object -> object == targets.get(0) ? StrategicMerge.merge(object, patch) : object);
  }

  private static String id(Map<String, Object> object) {
    return object.get("kind") + " " + object(object.get("metadata")).get("name");
  }

  /** The documents of a file of YAML. */
  static List<Map<String, Object>> documents(Path file) {
    return documents(String.join("\n", lines(file).toList()));
  }

  /** The documents of a text of YAML. */
  static List<Map<String, Object>> documents(String yaml) {
    Yaml parser = new Yaml(new SafeConstructor(new LoaderOptions()));
    return StreamSupport.stream(parser.loadAll(yaml).spliterator(), false)
        .map(StrategicMerge::object)
        .toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, Object>> list(Object value) {
    return value == null ? List.of() : objects(value);
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object value) {
    return value == null ? List.of() : (List<String>) value;
  }
}
