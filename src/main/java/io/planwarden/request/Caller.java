package io.planwarden.request;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. What is stored and shown of a caller is who it is, not what it may do; a caller that
 * was read back from the audit has no roles.
 *
 * @param id stable name of the caller
 * @param kind how the caller was told: none, token or oidc
 * @param verified whether the id was proved
 * @param address the peer's address
 * @param roles what it may do, by the words of {@link Roles}
 * @param products ids of the NCP products that it is confined to, null if it is not
 */
@JsonIgnoreProperties({"roles", "products"})
public record Caller(
    String id,
    String kind,
    boolean verified,
    @Nullable String address,
    Set<String> roles,
    @Nullable Set<String> products) {

  public Caller {
    roles = roles == null ? Set.of() : Set.copyOf(roles);
    products = products == null ? null : Set.copyOf(products);
  }

  /** A caller of whom nothing but the address is known, where everybody may do everything. */
  public static Caller anonymous(@Nullable String address) {
    return new Caller("anonymous", "none", false, address, Roles.ALL, null);
  }

  /**
   * A caller whose id was proved. Confinement takes away the roles that are about all products.
   *
   * @param granted roles, without those that they include
   */
  public static Caller proved(
      String id,
      String kind,
      @Nullable String address,
      Set<String> granted,
      @Nullable Set<String> products) {
    Set<String> roles = products == null ? Roles.withIncluded(granted) : Roles.ofConfined(granted);
    return new Caller(id, kind, true, address, roles, products);
  }

  /** Whether it has the role. */
  public boolean has(String role) {
    return roles.contains(role);
  }

  /** Whether it may see what the other one did: its own doings, or as an auditor everybody's. */
  public boolean maySeeDoingsOf(Caller other) {
    return has(Roles.AUDITOR) || isSameAs(other);
  }

  /** Whether it may undo what the other one did: its own doings, or as an admin everybody's. */
  public boolean mayUndoDoingsOf(Caller other) {
    return has(Roles.ADMIN) || isSameAs(other);
  }

  private boolean isSameAs(Caller other) {
    return id.equals(other.id) && kind.equals(other.kind);
  }

  /**
   * The name under which the caller's limits are counted and its turns towards NCP are kept: its id
   * if that was proved, else the address that it calls from, because an id that anybody may give
   * would let one stand for many.
   */
  public String share() {
    return verified ? kind + ":" + id : "peer:" + PeerNetwork.of(address);
  }
}
