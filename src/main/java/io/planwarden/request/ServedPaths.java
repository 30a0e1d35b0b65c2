package io.planwarden.request;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;
import org.jspecify.annotations.Nullable;

/** Which methods each path has and which media types they read and write; answers OPTIONS. */
@Singleton
class ServedPaths {
  private record Served(
      String method, PathTemplate path, List<MediaType> reads, List<MediaType> writes) {}

  private volatile @Nullable List<Served> all;

  void register(@Observes Router router) {
    router.route().method(HttpMethod.OPTIONS).order(FilterOrder.OPTIONS).handler(this::options);
  }

  private void options(RoutingContext http) {
    SortedSet<String> methods = methods(http.normalizedPath());
    if (methods.isEmpty()) {
      http.next();
    } else {
      http.response().setStatusCode(204).putHeader("Allow", String.join(", ", methods)).end();
    }
  }

  /** The methods of a path, none if nothing is served there. */
  SortedSet<String> methods(String path) {
    SortedSet<String> methods = new TreeSet<>();
    at(path).map(Served::method).forEach(methods::add);
    if (!methods.isEmpty()) {
      methods.add("OPTIONS");
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /**
   * The path with the names of its parameters instead of their values, null if it is not served.
   */
  @Nullable String template(String path) {
    String[] segments = PathTemplate.split(path);
    // Asked for each request: without a stream.
    for (Served served : all()) {
      if (served.path().fits(segments)) {
        return served.path().text();
      }
    }
    return null;
  }

  /** The media types that an operation reads. */
  List<String> reads(String path, String method) {
    return types(at(path).filter(s -> s.method().equals(method)).map(Served::reads));
  }

  /** The media types that an operation answers in. */
  List<String> writes(String path, String method) {
    String read = method.equals("HEAD") ? "GET" : method;
    return types(at(path).filter(s -> s.method().equals(read)).map(Served::writes));
  }

  private static List<String> types(Stream<List<MediaType>> types) {
    return types.flatMap(List::stream).map(MediaType::toString).distinct().toList();
  }

  private Stream<Served> at(String path) {
    String[] segments = PathTemplate.split(path);
    return all().stream().filter(served -> served.path().fits(segments));
  }

  private List<Served> all() {
    List<Served> known = all;
    if (known == null) {
      known = collect();
      all = known;
    }
    return known;
  }

  private static List<Served> collect() {
    List<Served> found = new ArrayList<>();
    RuntimeResourceVisitor.visitRuntimeResources(
        "",
        ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers(),
        new RuntimeResourceVisitor() {
          @Override
          public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
            found.add(
                new Served(
                    method, PathTemplate.of(path), resource.getConsumes(), produces(resource)));
          }
        });
    return List.copyOf(found);
  }

  private static List<MediaType> produces(RuntimeResource resource) {
    return resource.getProduces() == null
        ? List.of()
        : Arrays.asList(resource.getProduces().getSortedOriginalMediaTypes());
  }
}
