package io.planwarden.security;

import io.planwarden.request.Roles;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the values of a claim stand for, as configuration says. */
final class OidcGrants {
  private final Map<String, List<String>> valuesOfRole;
  private final Map<String, List<String>> productsOfValue;

  OidcGrants(SecurityConfig.Oidc config) {
    SecurityConfig.Grants roles = config.roles();
    this.valuesOfRole =
        Map.of(
            Roles.READER, values(roles.reader()),
            Roles.EDITOR, values(roles.editor()),
            Roles.AUDITOR, values(roles.auditor()),
            Roles.ADMIN, values(roles.admin()));
    this.productsOfValue = config.products();
  }

  private static List<String> values(Optional<List<String>> values) {
    return values.orElse(List.of());
  }

  /** The roles that the values give; one that is not in configuration gives none. */
  Set<String> roles(Collection<String> values) {
    Set<String> roles = new TreeSet<>();
    valuesOfRole.forEach(
        (role, giving) -> {
          if (!Collections.disjoint(giving, values)) {
            roles.add(role);
          }
        });
    return roles;
  }

  /** The products that the values confine to, null if none of them confines. */
  @Nullable Set<String> products(Collection<String> values) {
    Set<String> products = new HashSet<>();
    boolean confined = false;
    for (String value : values) {
      List<String> of = productsOfValue.get(value);
      if (of != null) {
        confined = true;
        products.addAll(of);
      }
    }
    return confined ? products : null;
  }
}
