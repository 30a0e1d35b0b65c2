package io.planwarden.request;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.RestQuery;

/** The parameters of the query that an operation declares, sorted. */
final class QueryParameters {
  private QueryParameters() {}

  static Set<String> of(Method operation) {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : operation.getParameters()) {
      add(names, parameter, parameter.getName());
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          add(names, field, field.getName());
        }
      }
    }
    return Collections.unmodifiableSet(names);
  }

  private static void add(Set<String> names, AnnotatedElement element, String name) {
    RestQuery rest = element.getAnnotation(RestQuery.class);
    QueryParam standard = element.getAnnotation(QueryParam.class);
    if (rest != null) {
      names.add(rest.value().isEmpty() ? name : rest.value());
    } else if (standard != null) {
      names.add(standard.value());
    }
  }
}
