package org.peerlet.ui.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.peerlet.core.LaunchArguments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a launch to the player that is open. Waits for its answer on the calling thread. */
public final class Handover {
  private static final Logger log = LoggerFactory.getLogger(Handover.class);

  /** A player that takes longer is busy or gone, and the viewer waits for a picture. */
  private static final int PATIENCE_MILLIS = 1_500;

  private Handover() {}

  /**
   * Asks the open player to show a clip.
   *
   * @param folder as in {@link PlayerLock#claim}
   * @return whether it took it over; false where no player can be reached
   */
  public static boolean to(Path folder, LaunchArguments launch) {
    try {
      Optional<LaunchTicket> ticket = LaunchTicket.read(folder);
      return ticket.isPresent() && ask(ticket.get(), launch);
    } catch (IOException unreachable) {
      log.info("The open player can't be reached: {}", unreachable.toString());
      return false;
    }
  }

  private static boolean ask(LaunchTicket ticket, LaunchArguments launch) throws IOException {
    try (Socket socket = new Socket()) {
      InetSocketAddress player =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), ticket.port());
      socket.connect(player, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String line = ticket.token() + " " + launch.format().get(0) + "\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return LaunchListener.TAKEN.equals(answer.readLine());
    }
  }
}
