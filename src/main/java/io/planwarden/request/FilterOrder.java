package io.planwarden.request;

/**
 * The order in which the parts of the HTTP layer see a request; smaller comes first. Quarkus' own
 * limit on bodies stands at -2.
 */
public final class FilterOrder {
  /** Request id and deadline. */
  public static final int ARRIVAL = Integer.MIN_VALUE;

  private FilterOrder() {}
}
