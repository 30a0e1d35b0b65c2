package io.planwarden.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;

/** What came over a connection until it ended, and how it ended. */
record RawAnswer(String text, Ending ending) {

  enum Ending {
    CLOSED,
    RESET,
    STILL_OPEN
  }

  private static final int PATIENCE_MS = 1_000;

  static RawAnswer to(URI url, String request) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      Ending ending = read(socket.getInputStream(), received);
      return new RawAnswer(received.toString(UTF_8), ending);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ending read(InputStream in, ByteArrayOutputStream received) throws IOException {
    try {
      in.transferTo(received);
      return Ending.CLOSED;
    } catch (SocketTimeoutException e) {
      return Ending.STILL_OPEN;
    } catch (SocketException e) {
      return Ending.RESET;
    }
  }

  boolean headIsWhole() {
    return text.contains("\r\n\r\n");
  }

  /** What came after the head. */
  String body() {
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  int contentLength() {
    int start = text.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
    return Integer.parseInt(text.substring(start, text.indexOf("\r\n", start)));
  }
}
