package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void help_usageAndZero() {
    assertEquals(0, execute("--port", "x", "--help"));
    assertTrue(out.toString(UTF_8).startsWith("Usage: sandbox [--port PORT]"));
    assertEquals("", err.toString(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prot 8091|unknown option --prot",
        "8091|unknown option 8091",
        "--port|--port needs a value",
        "--port http|--port must be a number, was http",
        "--port 65536|port must be from 0 to 65535, was 65536",
        "--host 0.0.0.0|host must be a loopback address, was 0.0.0.0",
        "--host example.com|host must be a loopback address, was example.com"
      })
  void wrongUsage_messageAndTwo(String args, String message) {
    assertEquals(2, execute(args.split(" ")));
    assertTrue(err.toString(UTF_8).startsWith(message), err.toString(UTF_8));
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void portTaken_messageAndOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertEquals(1, execute("--port", port));
      assertTrue(err.toString(UTF_8).startsWith("cannot listen on port " + port));
    }
  }

  @Test
  void started_saysHowToUseItAndServesUntilInterrupted() throws Exception {
    PipedInputStream printed = new PipedInputStream();
    PrintStream output = new PrintStream(new PipedOutputStream(printed), true, UTF_8);
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    SandboxCommand command = new SandboxCommand(output, output);
    Thread thread =
        new Thread(() -> exit.complete(command.execute(List.of("--port", "0"))), "sandbox-command");
    thread.start();

    String line = new BufferedReader(new InputStreamReader(printed, UTF_8)).readLine();

    Matcher matcher =
        Pattern.compile(
                "Sandbox on (\\S+) with access key sandboxAccessKey0001; .*"
                    + "NCP_ACCESS_KEY=sandboxAccessKey0001 NCP_SECRET_KEY=sandboxSecretKey0+1"
                    + " PLANWARDEN_NCP_BASE_URL=(\\S+)")
            .matcher(line);
    assertTrue(matcher.matches(), line);
    assertEquals(matcher.group(1), matcher.group(2));
    new Socket(InetAddress.getLoopbackAddress(), URI.create(matcher.group(1)).getPort()).close();
    thread.interrupt();
    assertEquals(0, exit.get(10, TimeUnit.SECONDS));
  }

  private int execute(String... args) {
    return new SandboxCommand(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .execute(List.of(args));
  }
}
