package org.peerlet.ui.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.LaunchArguments;

class HandoverTest {
  @TempDir Path folder;

  private final BlockingQueue<LaunchArguments> taken = new LinkedBlockingQueue<>();
  private PlayerLock open;

  @BeforeEach
  void open() throws IOException {
    open = PlayerLock.claim(folder).orElseThrow();
    open.listen(taken::add);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  @Test
  void handsALaunchToTheOpenPlayer() throws Exception {
    LaunchArguments launch = launch("https://site.example/clip.json?a=%C3%A9");
    assertThat(Handover.to(folder, launch)).isTrue();
    assertThat(taken.take()).isEqualTo(launch);
    assertThat(Handover.to(folder, launch)).isTrue();
  }

  @Test
  void letsOnePlayerAtATimeTakeLaunches() throws Exception {
    assertThat(PlayerLock.claim(folder)).isEmpty();
    open.close();
    assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isFalse();
    Optional<PlayerLock> next = PlayerLock.claim(folder);
    assertThat(next).isPresent();
    next.get().close();
  }

  @Test
  void letsALaunchWaitForTheEndOfAPlayerThatIsClosing() throws Exception {
    open.stopListening();
    assertThat(folder.resolve("ticket")).doesNotExist();
    assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isFalse();
    assertThat(PlayerLock.claim(folder)).isEmpty();
    open.listen(taken::add); // its window was closed before it got so far
    assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isFalse();
    assertThat(taken).isEmpty();

    open.close();
    try (PlayerLock next = PlayerLock.claim(folder).orElseThrow()) {
      next.listen(taken::add);
      open.close(); // what is the next player's stays
      assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isTrue();
    }
  }

  @Test
  void isTakenOnlyByAPlayerThatAcceptsIt() throws Exception {
    open.close();
    try (PlayerLock closing = PlayerLock.claim(folder).orElseThrow()) {
      closing.listen(launch -> false);
      assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isFalse();
    }
  }

  @Test
  void keepsTheTicketFromOthers() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("ticket")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void tellsAStrangerNothing() throws Exception {
    LaunchTicket ticket = LaunchTicket.read(folder).orElseThrow();
    String url = " https://site.example/clip.json\n";
    String wrong = ticket.token().replace(ticket.token().charAt(0), 'g');
    for (String line :
        List.of(
            "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "POST /" + ticket.token() + " HTTP/1.1\r\n\r\n",
            wrong + url,
            url,
            ticket.token() + "\n",
            ticket.token() + " --share=on\n",
            ticket.token() + " file:///etc/clip.json\n",
            ticket.token() + url.replace("\n", " --share=on\n"),
            "x".repeat(10_000))) {
      assertThat(answer(ticket, line)).as(line).isEmpty();
    }
    assertThat(taken).isEmpty();
    assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isTrue();
  }

  @Test
  void isNotKeptWaitingByWhoSaysNothing() throws Exception {
    LaunchTicket ticket = LaunchTicket.read(folder).orElseThrow();
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), ticket.port())) {
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isTrue();
  }

  @Test
  void noticesThatTheOpenPlayerDied() throws Exception {
    open.close();
    new LaunchTicket(1, "0".repeat(32)).write(folder); // as a killed one leaves it
    assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isFalse();
    Files.writeString(folder.resolve("ticket"), "99999999 x\n");
    assertThat(Handover.to(folder, launch("https://site.example/clip.json"))).isFalse();
  }

  private static LaunchArguments launch(String url) throws Exception {
    return LaunchArguments.parse(List.of(url));
  }

  /** What the listener says to a line before it hangs up. */
  private static String answer(LaunchTicket ticket, String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ticket.port())) {
      socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }
}
