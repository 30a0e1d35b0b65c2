package io.planwarden.ncp;

/** What becomes of the key pairs, for those who log and count; no key is ever told. */
public interface KeyEvents {
  /** Nobody listens. */
  KeyEvents NONE = new KeyEvents() {};

  /** Another pair is in use. */
  default void taken(KeyRing.Which which) {}

  /** The files of a pair cannot be used; the last good pair stays. Once for each reason. */
  default void unreadable(KeyRing.Which which, String reason) {}
}
