package io.planwarden.change;

import org.jspecify.annotations.Nullable;

/**
 * How a change is to be made.
 *
 * @param allowDuplicateName whether a plan may be created although one of that name exists
 * @param ifMatch what the target must be like for the change to be made, null if nothing was said;
 *     the target is read before the change then, whatever configuration says
 */
public record Options(boolean allowDuplicateName, @Nullable Precondition ifMatch) {
  /** Nothing out of the ordinary. */
  public static final Options NONE = new Options(false, null);

  /** The same with or without leave for a second plan of a name. */
  public Options withDuplicateName(boolean allowed) {
    return new Options(allowed, ifMatch);
  }

  /** The same under this condition. */
  public Options withIfMatch(@Nullable Precondition condition) {
    return new Options(allowDuplicateName, condition);
  }
}
