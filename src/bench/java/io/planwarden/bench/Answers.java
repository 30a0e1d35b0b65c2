package io.planwarden.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Just enough of HTTP/1.1 to tell where an answer ends. */
final class Answers {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.ISO_8859_1);
  private static final int STATUS = "HTTP/1.1 ".length();
  private static final int BLANK_LINE = 4;

  private Answers() {}

  /** The status of the answer that the buffer holds up to its position; 0 if it is not whole. */
  static int complete(ByteBuffer in) {
    byte[] bytes = in.array();
    int end = in.position();
    int head = head(bytes, end);
    if (head < 0) {
      return 0;
    }
    int length = length(bytes, head);
    return end < head + length ? 0 : Integer.parseInt(text(bytes, STATUS, STATUS + 3));
  }

  private static int head(byte[] bytes, int end) {
    for (int i = 0; i + BLANK_LINE <= end; i++) {
      if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r') {
        return i + BLANK_LINE;
      }
    }
    return -1;
  }

  private static int length(byte[] bytes, int head) {
    for (int i = 0; i < head; i++) {
      if (bytes[i] == '\n' && isLength(bytes, i + 1)) {
        int from = i + 1 + LENGTH.length;
        int to = from;
        while (bytes[to] != '\r') {
          to++;
        }
        return Integer.parseInt(text(bytes, from, to).strip());
      }
    }
    return 0;
  }

  private static boolean isLength(byte[] bytes, int at) {
    for (int i = 0; i < LENGTH.length; i++) {
      // Upper case differs from lower case in this one bit.
      if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
