package io.planwarden.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process under measurement, on a processor of its own where there is {@code taskset}. */
final class Peer implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int TICKS_PER_SECOND = 100;
  // Of what stands behind the command in /proc/PID/stat.
  private static final int USER_TICKS = 11;

  final String name;
  final int port;
  private final Process process;
  private final long startedAt = System.nanoTime();

  private Peer(String name, int port, Process process) {
    this.name = name;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param cpu the processor that it is pinned to, none if negative
   * @param jvm the home of the JVM that it runs on
   * @param folder where it runs
   * @param command what follows {@code java}
   */
  static Peer start(String name, int port, int cpu, String jvm, Path folder, List<String> command)
      throws IOException {
    List<String> all = new ArrayList<>();
    if (cpu >= 0) {
      all.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
    }
    all.add(Path.of(jvm, "bin", "java").toString());
    all.addAll(command);
    Process process =
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(Rig.FOLDER.resolve(name.replaceAll("[ ,]+", "-") + ".err").toFile())
            .start();
    return new Peer(name, port, process);
  }

  /** Waits until the path is answered 200; the seconds since the start. */
  double awaitAnswer(String path) throws InterruptedException {
    long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (process.isAlive() && System.nanoTime() < patience) {
      try {
        if (listens() && get(path).statusCode() == 200) {
          return (System.nanoTime() - startedAt) / 1e9;
        }
      } catch (IOException e) {
        // It stopped listening.
      }
      Thread.sleep(2);
    }
    throw new IllegalStateException(name + " does not answer; see " + Rig.FOLDER);
  }

  /** Asks for next to no processor time, which the start that is waited for needs itself. */
  private boolean listens() {
    try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What it answers to a caller with the token. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  void post(String path) throws IOException, InterruptedException {
    HTTP.send(
        request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.discarding());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + Traffic.TOKEN);
  }

  /** The processor time that it has used, in seconds. */
  double cpuSeconds() throws IOException {
    return seconds(Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat")));
  }

  /** The part of it that the JVM's compilers have used. */
  double compilerSeconds() throws IOException {
    double all = 0;
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        String stat = stat(thread);
        if (stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler")) {
          all += seconds(stat);
        }
      }
    }
    return all;
  }

  /** Empty if the thread has ended. */
  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (IOException e) {
      return "";
    }
  }

  private static double seconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]))
        / (double) TICKS_PER_SECOND;
  }

  /** Waits until it has nothing left to do behind the answers. */
  void awaitQuiet() throws IOException, InterruptedException {
    long patience = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    double before = cpuSeconds();
    int quiet = 0;
    // Longer than what runs in intervals stays away.
    while (quiet < 6 && System.nanoTime() < patience) {
      Thread.sleep(1000);
      double now = cpuSeconds();
      quiet = now - before < 0.05 ? quiet + 1 : 0;
      before = now;
    }
  }

  /** Memory that it occupies now, in MiB. */
  long residentMib() throws IOException {
    return status("VmRSS:");
  }

  /** The most memory that it has occupied, in MiB. */
  long peakMib() throws IOException {
    return status("VmHWM:");
  }

  private long status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
