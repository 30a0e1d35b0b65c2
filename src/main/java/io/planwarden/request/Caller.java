package io.planwarden.request;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param id stable name of the caller
 * @param kind how the caller was told: none, token or oidc
 * @param verified whether the id was proved
 * @param address the peer's address
 */
public record Caller(String id, String kind, boolean verified, @Nullable String address) {
  /** A caller of whom nothing but the address is known. */
  public static Caller anonymous(@Nullable String address) {
    return new Caller("anonymous", "none", false, address);
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
