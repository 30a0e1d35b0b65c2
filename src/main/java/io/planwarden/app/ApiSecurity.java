package io.planwarden.app;

import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme.Type;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** Who may call what, as the OpenAPI document tells it: the scheme, and the roles of operations. */
final class ApiSecurity {
  /** The member of an operation that lists the roles of which one is needed. */
  static final String ROLES = "x-roles";

  private static final String SCHEME = "bearer";
  private static final DotName OPERATION =
      DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);
  private static final DotName ROLES_ALLOWED = DotName.createSimple(RolesAllowed.class);

  private final Map<String, List<String>> rolesOfOperation = new TreeMap<>();

  /** Reads the roles from the resources' own annotations, so that they cannot differ. */
  ApiSecurity(IndexView index) {
    for (AnnotationInstance operation : index.getAnnotations(OPERATION)) {
      MethodInfo method = operation.target().asMethod();
      AnnotationInstance allowed = allowed(method);
      if (operation.value("operationId") != null && allowed != null) {
        rolesOfOperation.put(
            operation.value("operationId").asString(),
            Arrays.asList(allowed.value().asStringArray()));
      }
    }
  }

  private static @Nullable AnnotationInstance allowed(MethodInfo method) {
    AnnotationInstance own = method.declaredAnnotation(ROLES_ALLOWED);
    return own == null ? method.declaringClass().declaredAnnotation(ROLES_ALLOWED) : own;
  }

  void addTo(OpenAPI document) {
    document
        .getComponents()
        .addSecurityScheme(
            SCHEME,
            OASFactory.createSecurityScheme()
                .type(Type.HTTP)
                .scheme(SCHEME)
                .description(
                    "A token of the token file, or of the identity provider; in security mode none"
                        + " it is left out."));
    // Either with a token or, in mode none, without.
    document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(SCHEME));
    document.addSecurityRequirement(OASFactory.createSecurityRequirement());
    document
        .getPaths()
        .getPathItems()
        .values()
        .forEach(item -> item.getOperations().values().forEach(this::describe));
  }

  private void describe(Operation operation) {
    List<String> roles =
        Objects.requireNonNull(
            rolesOfOperation.get(operation.getOperationId()),
            () -> "no role is named for " + operation.getOperationId());
    operation.addExtension(ROLES, roles);
    String needs = "Needs the role " + String.join(" or ", roles) + ".";
    String description = operation.getDescription();
    operation.setDescription(description == null ? needs : description + " " + needs);
  }
}
