package io.planwarden.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A connection that gives little and takes little. For one thread. */
final class SlowPeer implements AutoCloseable {
  /** What it is slow with. */
  enum Habit {
    HEADERS("GET /v1/usage-plans HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "a", true),
    LATER_HEADERS(
        "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /?" + "a".repeat(2_000), true),
    BODY(
        "POST /v1/usage-plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 60000\r\n\r\n",
        " ",
        true),
    CHUNKS(
        "POST /v1/usage-plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n",
        "1\r\n \r\n",
        true),
    UNWANTED_BODY(
        "POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", " ", true),
    TAKES_NOTHING("GET /q/openapi HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(90), "", false);

    private final String atOnce;
    private final String drop;
    private final boolean reads;

    Habit(String atOnce, String drop, boolean reads) {
      this.atOnce = atOnce;
      this.drop = drop;
      this.reads = reads;
    }
  }

  private static final int SMALL = 4 * 1024;

  private final Habit habit;
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(SMALL);
  private final StringBuffer heard = new StringBuffer();
  private final ByteBuffer first;
  private int drops;
  private volatile boolean cut;

  SlowPeer(Habit habit, int port) throws IOException {
    this.habit = habit;
    this.first = ByteBuffer.wrap(habit.atOnce.getBytes(ISO_8859_1));
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.configureBlocking(false);
  }

  /** Sends the next byte, and finds out whether the connection still stands. */
  void drip() {
    if (cut) {
      return;
    }
    try {
      channel.write(first.hasRemaining() ? first : next());
      if (habit.reads) {
        cut = hasEnded();
      }
    } catch (IOException e) {
      cut = true;
    }
  }

  private ByteBuffer next() {
    String drop = habit.drop.isEmpty() ? "\r\n" : habit.drop;
    char c = drop.charAt(drops++ % drop.length());
    return ByteBuffer.wrap(new byte[] {(byte) c});
  }

  private boolean hasEnded() throws IOException {
    int count = channel.read(in.clear());
    for (; count > 0; count = channel.read(in.clear())) {
      heard.append(new String(in.array(), 0, count, ISO_8859_1));
    }
    return count < 0;
  }

  Habit habit() {
    return habit;
  }

  boolean isCut() {
    return cut;
  }

  /** What it read. */
  String heard() {
    return heard.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
