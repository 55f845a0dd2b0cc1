package org.peerlet.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that sends exactly what it is told. One thread. */
final class RawClient implements AutoCloseable {
  // Turns a hang into a failure; far longer than anything here takes.
  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** The status line and headers of an answer. */
  record Head(String statusLine, Map<String, String> fields) {
    int status() {
      return Integer.parseInt(statusLine.substring(9, 12));
    }

    /** The value of a header, or the empty string. */
    String field(String name) {
      return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    long contentLength() {
      return Long.parseLong(field("Content-Length"));
    }
  }

  /** A request as a plain player sends it; extra lines each end with CRLF. */
  static String request(String method, URI uri, String extraLines) {
    return method
        + " "
        + uri.getRawPath()
        + " HTTP/1.1\r\nHost: "
        + uri.getRawAuthority()
        + "\r\n"
        + extraLines
        + "\r\n";
  }

  /** The status of the answer to a GET. */
  static int status(URI uri, String extraLines) throws IOException {
    try (RawClient client = open("GET", uri, "Connection: close\r\n" + extraLines)) {
      return client.readHead().status();
    }
  }

  static RawClient open(String method, URI uri, String extraLines) throws IOException {
    RawClient client = new RawClient(uri.getPort());
    client.send(request(method, uri, extraLines));
    return client;
  }

  void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  Head readHead() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended in the head: " + text);
      }
      text.append((char) next);
    }
    String[] lines = text.toString().split("\r\n", -1);
    Map<String, String> fields = new TreeMap<>();
    for (int i = 1; i < lines.length - 2; i++) {
      int colon = lines[i].indexOf(": ");
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      if (fields.put(name, lines[i].substring(colon + 2)) != null) {
        throw new IOException("header sent twice: " + name);
      }
    }
    return new Head(lines[0], fields);
  }

  byte[] readBytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** All bytes until the server closes or resets the connection. */
  byte[] readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (true) {
      int count;
      try {
        count = in.read(buffer);
      } catch (java.net.SocketException reset) {
        return all.toByteArray();
      }
      if (count < 0) {
        return all.toByteArray();
      }
      all.write(buffer, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
