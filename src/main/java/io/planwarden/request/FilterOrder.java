package io.planwarden.request;

/**
 * The order in which the parts of the HTTP layer see a request; smaller comes first. Between {@link
 * #CROSS_SITE} and {@link #BODY} stands Quarkus' authentication, at -200: whoever may not call
 * makes no body be read.
 */
public final class FilterOrder {
  /** Request id and deadline, also of what fails before any route. */
  public static final int ARRIVAL = Integer.MIN_VALUE;

  /** Failures of routes; before Quarkus' own answer to them. */
  public static final int FAILURE = Integer.MIN_VALUE + 1;

  /** Request line, headers, framing. */
  public static final int SHAPE = Integer.MIN_VALUE + 2;

  /** The name that Planwarden is called by. */
  public static final int HOST = Integer.MIN_VALUE + 3;

  /** Changes that a page of another site sends. */
  public static final int CROSS_SITE = Integer.MIN_VALUE + 4;

  /**
   * The caller's limit; after Quarkus' authentication, at -200, and its authorisation by path, at
   * -100, so that it is known who asks.
   */
  public static final int CALLER_LIMIT = -50;

  /** Reading the body; before Quarkus' own limit, at -2, which would answer without a body. */
  public static final int BODY = -3;

  /** Which methods a path has; before the resources, at 10000, which tell those of a class. */
  public static final int OPTIONS = 9_000;

  /** Among the filters of a resource: handing over the body that was read. */
  public static final int BODY_HAND_OVER = 100;

  /** Among the filters of a resource: parameters of the query. */
  public static final int QUERY = 200;

  /** Among the filters of a resource: conditions such as If-Match. */
  public static final int CONDITIONS = 300;

  /** Among the filters of a resource: what holds for JSON as text. */
  public static final int JSON_TEXT = 400;

  /** Mappers of exceptions that stand before the platform's own. */
  public static final int OWN_MAPPER = 1;

  private FilterOrder() {}
}
