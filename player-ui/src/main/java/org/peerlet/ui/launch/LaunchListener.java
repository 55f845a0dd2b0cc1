package org.peerlet.ui.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Predicate;
import org.peerlet.core.LaunchArguments;
import org.peerlet.core.StreamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes launches over on a loopback port. A launch is one line, {@code TOKEN URL}, and is answered
 * with another, {@code taken}, once the player has accepted it; who does not know the token, a web
 * page for one, hears nothing.
 */
final class LaunchListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaunchListener.class);

  static final String TAKEN = "taken";

  /** One line of a program on this machine; others must not be kept waiting. */
  private static final int PATIENCE_MILLIS = 1_000;

  /** A token and the longest URL. */
  private static final int MAX_LINE_BYTES = 4_096;

  private static final int BACKLOG = 16;

  private final Path folder;
  private final ServerSocket socket;
  private final LaunchTicket ticket;
  private final Predicate<LaunchArguments> launched;

  private LaunchListener(
      Path folder, ServerSocket socket, LaunchTicket ticket, Predicate<LaunchArguments> launched) {
    this.folder = folder;
    this.socket = socket;
    this.ticket = ticket;
    this.launched = launched;
  }

  static LaunchListener open(Path folder, Predicate<LaunchArguments> launched) throws IOException {
    ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    try {
      LaunchTicket ticket = LaunchTicket.forPort(socket.getLocalPort());
      LaunchListener listener = new LaunchListener(folder, socket, ticket, launched);
      ticket.write(folder);
      Thread thread = new Thread(listener::listen, "peerlet-launches");
      thread.setDaemon(true);
      thread.start();
      return listener;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.setSoTimeout(PATIENCE_MILLIS);
        take(connection);
      } catch (SocketException closed) {
        log.debug("No launch: {}", closed.toString());
      } catch (IOException | StreamException refused) {
        log.info("A launch was refused: {}", refused.toString());
      }
    }
  }

  private void take(Socket connection) throws IOException, StreamException {
    String line = readLine(connection.getInputStream());
    String[] parts = line.split(" ", 2);
    byte[] token = ticket.token().getBytes(StandardCharsets.US_ASCII);
    if (parts.length != 2
        || !MessageDigest.isEqual(parts[0].getBytes(StandardCharsets.US_ASCII), token)) {
      throw new IOException("the token is wrong");
    }
    LaunchArguments launch = LaunchArguments.parse(List.of(parts[1]));
    if (!launched.test(launch)) {
      throw new IOException("the player is closing");
    }
    connection.getOutputStream().write((TAKEN + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** The first line, which must come whole within {@link #PATIENCE_MILLIS}. */
  private static String readLine(InputStream in) throws IOException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    byte[] line = new byte[MAX_LINE_BYTES];
    for (int length = 0; length < line.length && System.nanoTime() < end; length++) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      if (next == '\n') {
        return new String(line, 0, length, StandardCharsets.US_ASCII);
      }
      line[length] = (byte) next;
    }
    throw new IOException("no line came");
  }

  @Override
  public void close() throws IOException {
    socket.close();
    LaunchTicket.delete(folder);
  }
}
