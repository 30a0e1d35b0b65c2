package io.planwarden.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Lines of a file; those that wait at the same time share one fsync. */
final class IntentFile {
  private record Line(byte[] text, Runnable durable) {}

  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final FileChannel file;

  IntentFile(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    Thread writer = new Thread(this::run, "intents");
    writer.setDaemon(true);
    writer.start();
  }

  /** Calls back, on a thread of its own, when the line is on disk. */
  void append(byte[] line, Runnable durable) {
    lines.add(new Line(line, durable));
  }

  private void run() {
    try {
      while (true) {
        List<Line> batch = new ArrayList<>();
        batch.add(lines.take());
        lines.drainTo(batch);
        ByteBuffer text =
            ByteBuffer.allocate(batch.stream().mapToInt(line -> line.text().length).sum());
        batch.forEach(line -> text.put(line.text()));
        text.flip();
        while (text.hasRemaining()) {
          file.write(text);
        }
        file.force(false);
        batch.forEach(line -> line.durable().run());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
