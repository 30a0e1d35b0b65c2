package io.planwarden.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP without the manners of a client: it sends any bytes. Kept open for the next request. */
final class RawConnection implements AutoCloseable {
  /**
   * An answer; status 0 if the connection ended without one.
   *
   * @param headers by lower-case name
   */
  record Reply(int status, Map<String, List<String>> headers, String body) {
    static final Reply NONE = new Reply(0, Map.of(), "");

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  private static final int PATIENCE_MS = 10_000;
  // What is hardly HTTP may leave the server waiting for the rest of it.
  private static final int BRIEF_MS = 300;

  private final URI origin;
  private Socket socket;
  private InputStream in;

  RawConnection(URI origin) {
    this.origin = origin;
  }

  Reply send(HostileRequest request) throws IOException {
    boolean fresh = socket == null;
    Reply reply = exchange(request);
    // A kept connection may have ended since the last answer, which says nothing about this
    // request.
    return reply.status() == 0 && !fresh ? exchange(request) : reply;
  }

  private Reply exchange(HostileRequest request) throws IOException {
    if (socket == null) {
      socket = new Socket(origin.getHost(), origin.getPort());
      in = new BufferedInputStream(socket.getInputStream());
    }
    boolean odd = request.mayGoWithoutAWord();
    Reply reply;
    try {
      socket.setSoTimeout(odd ? BRIEF_MS : PATIENCE_MS);
      socket.getOutputStream().write(request.bytes(origin));
      reply = read();
    } catch (IOException e) {
      reply = readLate();
    }
    if (odd || reply.status() == 0 || reply.header("connection").equals("close")) {
      close();
    }
    return reply;
  }

  // An answer may have come before the server stopped reading.
  private Reply readLate() {
    try {
      return read();
    } catch (IOException e) {
      return Reply.NONE;
    }
  }

  private Reply read() throws IOException {
    String start = line();
    if (start.isEmpty()) {
      return Reply.NONE;
    }
    int status = Integer.parseInt(start.substring(9, 12));
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          List.of(line.substring(colon + 1).strip()));
    }
    return new Reply(status, headers, new String(body(headers), UTF_8));
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (!headers.containsKey("transfer-encoding")) {
      int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).get(0));
      return in.readNBytes(length);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.writeBytes(in.readNBytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException ignored) {
      // It is gone either way.
    }
    socket = null;
  }
}
