package io.planwarden.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/**
 * One thread that sends a load and counts the answers. At a constant rate a latency counts from the
 * time at which the request was due, so that waiting for a slow peer counts as well (no coordinated
 * omission); without one, each connection sends its next request when it has the last answer.
 */
final class Load {
  private static final long SLACK = 1_500_000;

  /**
   * What came of it.
   *
   * @param good answers 200 and 304
   * @param bad all other answers, and those that did not come
   */
  record Result(long good, long bad, double seconds, Histogram nanos) {
    double perSecond() {
      return good / seconds;
    }

    double millis(double percentile) {
      return nanos.getValueAtPercentile(percentile) / 1e6;
    }
  }

  private final int port;
  private final Traffic traffic;
  private final Selector selector;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Histogram nanos = new Histogram(60_000_000_000L, 3);
  private final boolean paced;
  private long number;
  private long good;
  private long bad;
  private long end;

  private Load(int port, Traffic traffic, long from, boolean paced) throws IOException {
    this.port = port;
    this.traffic = traffic;
    this.paced = paced;
    this.number = from;
    this.selector = Selector.open();
  }

  /** As fast as the connections allow. */
  static Result closed(int port, Traffic traffic, long from, int connections, double seconds)
      throws IOException {
    Load load = new Load(port, traffic, from, false);
    return load.run(connections, seconds, 0);
  }

  /** At a constant rate, over as many of the connections as are free. */
  static Result constant(
      int port, Traffic traffic, long from, int connections, double seconds, double rate)
      throws IOException {
    Load load = new Load(port, traffic, from, true);
    return load.run(connections, seconds, rate);
  }

  private Result run(int connections, double seconds, double rate) throws IOException {
    for (int i = 0; i < connections; i++) {
      idle.add(new Connection());
    }
    long start = System.nanoTime();
    end = start + (long) (seconds * 1e9);
    if (paced) {
      pace(start, 1e9 / rate);
    } else {
      while (!idle.isEmpty()) {
        idle.poll().send(System.nanoTime());
      }
      while (System.nanoTime() < end) {
        turn(100);
      }
    }
    double took = (System.nanoTime() - start) / 1e9;
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    return new Result(good, bad, took, nanos);
  }

  /** A request that finds no free connection waits for one, and its latency grows meanwhile. */
  private void pace(long start, double interval) throws IOException {
    long sent = 0;
    long last = (long) ((end - start) / interval);
    while (good + bad < last && System.nanoTime() < end + 10_000_000_000L) {
      long due = start + (long) (sent * interval);
      long wait = due - System.nanoTime();
      while (sent < last && wait <= 0 && !idle.isEmpty()) {
        idle.poll().send(due);
        sent++;
        due = start + (long) (sent * interval);
        wait = due - System.nanoTime();
      }
      if (sent == last || idle.isEmpty() || wait > SLACK) {
        turn(1);
      } else {
        // Finer than a selector can wait; whoever shares the processor comes first.
        turn(0);
        Thread.yield();
      }
    }
    bad += last - good - bad;
  }

  private void turn(long millis) throws IOException {
    if (millis == 0) {
      selector.selectNow();
    } else {
      selector.select(millis);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      ((Connection) key.attachment()).ready();
    }
    selector.selectedKeys().clear();
  }

  /** One connection, which is made anew when the peer ends it. */
  private final class Connection {
    private final ByteBuffer in = ByteBuffer.allocate(16 * 1024);
    private SocketChannel channel;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private long due;

    Connection() throws IOException {
      open();
    }

    private void open() throws IOException {
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      in.clear();
    }

    void send(long since) throws IOException {
      due = since;
      out = traffic.request(number++);
      try {
        while (out.hasRemaining()) {
          channel.write(out);
        }
      } catch (IOException e) {
        lost();
      }
    }

    void ready() throws IOException {
      int read;
      try {
        read = channel.read(in);
      } catch (IOException e) {
        read = -1;
      }
      if (read < 0) {
        lost();
        return;
      }
      int status = Answers.complete(in);
      if (status == 0) {
        return;
      }
      in.clear();
      nanos.recordValue(Math.min(System.nanoTime() - due, nanos.getHighestTrackableValue()));
      if (status == 200 || status == 304) {
        good++;
      } else {
        bad++;
      }
      next();
    }

    private void lost() throws IOException {
      bad++;
      channel.close();
      open();
      next();
    }

    private void next() throws IOException {
      if (paced) {
        idle.add(this);
      } else {
        send(System.nanoTime());
      }
    }
  }
}
