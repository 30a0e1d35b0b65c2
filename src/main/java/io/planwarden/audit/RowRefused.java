package io.planwarden.audit;

/** The rider of a row refused it: neither of the two is, or ever will be, in the store. */
public final class RowRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RowRefused() {
    super("the rider refused the row");
  }
}
