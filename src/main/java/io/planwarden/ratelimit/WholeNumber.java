package io.planwarden.ratelimit;

import org.eclipse.microprofile.config.spi.Converter;

/** Settings that are whole numbers within a range. */
public final class WholeNumber {
  private static final int MOST = 1_000_000;

  private WholeNumber() {}

  /** 0 to 1,000,000. */
  public static final class FromZero implements Converter<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer convert(String text) {
      return between(0, text);
    }
  }

  /** 1 to 1,000,000. */
  public static final class FromOne implements Converter<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer convert(String text) {
      return between(1, text);
    }
  }

  private static int between(int least, String text) {
    int value = Integer.parseInt(text.strip());
    if (value < least || value > MOST) {
      throw new IllegalArgumentException(
          "must be from " + least + " to " + MOST + ", was " + value);
    }
    return value;
  }
}
