package io.planwarden.audit;

/**
 * A row was refused by its rider, or resolves an operation that is settled already: neither row nor
 * rider is, or ever will be, in the store.
 */
public final class RowRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RowRefused() {
    super("the row was refused");
  }
}
