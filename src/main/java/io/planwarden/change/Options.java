package io.planwarden.change;

/**
 * How a change is to be made.
 *
 * @param allowDuplicateName whether a plan may be created although one of that name exists
 */
public record Options(boolean allowDuplicateName) {
  /** Nothing out of the ordinary. */
  public static final Options NONE = new Options(false);
}
