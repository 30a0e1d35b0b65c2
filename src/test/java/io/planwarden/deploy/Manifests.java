package io.planwarden.deploy;

import static io.planwarden.deploy.StrategicMerge.object;

import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects of a folder of {@code deploy/}, and what is asked of them more than once. */
final class Manifests {
  private final JsonPath objects;

  private Manifests(List<Map<String, Object>> objects) {
    this.objects = JsonPath.from(new JsonArray(objects).encode());
  }

  static Manifests of(String folder) {
    return new Manifests(Kustomization.render(Path.of("deploy", folder)));
  }

  /**
   * What a path of GPath finds in the only object of a kind.
   *
   * @throws IllegalStateException if there is nothing
   */
  <T> T get(String kind, String path) {
    List<Object> found = all(kind, path);
    if (found.size() != 1 || found.get(0) == null) {
      throw new IllegalStateException(kind + " " + path + " is " + found);
    }
    @SuppressWarnings("unchecked")
    T value = (T) found.get(0);
    return value;
  }

  /** What a path of GPath finds in each object of a kind. */
  <T> List<T> all(String kind, String path) {
    return objects.getList("findAll { it.kind == '%s' }.collect { it.%s }".formatted(kind, path));
  }

  /** What a path finds in the list of network policies. */
  <T> T policy(String path) {
    return objects.get("findAll { it.kind == 'NetworkPolicy' }." + path);
  }

  List<String> kinds() {
    return objects.getList("kind");
  }

  /** What a path finds in the pod's template. */
  <T> T pod(String path) {
    return get("Deployment", "spec.template." + path);
  }

  /** What a path finds in the pod's only container. */
  <T> T container(String path) {
    return pod("spec.containers[0]." + path);
  }

  /** The environment of the container. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    object(get("ConfigMap", "data")).forEach((name, value) -> environment.put(name, "" + value));
    return environment;
  }
}
