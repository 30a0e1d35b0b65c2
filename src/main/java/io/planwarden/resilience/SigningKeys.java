package io.planwarden.resilience;

/** The key pairs that attempts can be signed with, of which one is in use. Thread-safe. */
public interface SigningKeys {
  /**
   * The number of the pair in use; another pair in use has another number, and no number comes
   * again. Does not block.
   */
  int number();

  /**
   * NCP refused the pair of this number: takes another one into use, if there is one.
   *
   * @return whether another one than that of the number is in use now. May block
   */
  boolean replace(int refused);
}
