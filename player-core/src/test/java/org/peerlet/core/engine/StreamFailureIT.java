package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.ChildJvm;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** Each way to fail has its reason, one sentence, and leaves nothing behind. */
class StreamFailureIT {
  private static final Content CLIP = Content.random(13, 1_000_000);

  @TempDir Path folder;

  private FaultyOrigin origin;
  private TinyTracker tracker;

  @BeforeEach
  void open() {
    origin = FaultyOrigin.open();
    tracker = TinyTracker.open();
  }

  @AfterEach
  void close() {
    origin.close();
    tracker.close();
  }

  private static TestTorrents clip() {
    return TestTorrents.single("clip.mp4", CLIP);
  }

  private TestTorrent served() {
    return clip().webSeed(origin.serve("clip.mp4", CLIP).toString()).build();
  }

  private StreamException failure(TestTorrent torrent, ShareMode share) throws Exception {
    return failure(torrent.writeTorrent(folder).toString(), share, true);
  }

  private StreamException failure(String source, ShareMode share, boolean lan) throws Exception {
    try (EngineLab lab = EngineLab.open(folder, lan, Duration.ofSeconds(1))) {
      TorrentStream stream = lab.stream(source, Optional.of(share));
      StreamException why = EngineLab.failure(stream);
      assertThat(stream.inspection()).isCompletedExceptionally();
      assertThat(stream.status().state()).isEqualTo(State.FAILED);
      assertThat(stream.status().failure()).isSameAs(why);
      assertThat(why.sentence()).isNotBlank().doesNotContain("\n", "Exception", "null");
      return why;
    }
  }

  @Test
  void saysThatNobodyMayBeAsked() throws Exception {
    TestTorrent torrent = clip().tracker(tracker.url()).build();
    assertThat(failure(torrent, ShareMode.OFF).reason()).isEqualTo(Reason.NO_SOURCE);
    assertThat(tracker.announceCount()).isZero();
  }

  @Test
  void saysThatATorrentNamesNobody() throws Exception {
    try (EngineLab lab = EngineLab.open(folder)) {
      TorrentStream stream = lab.stream(clip().build(), ShareMode.ON);
      await().atMost(Duration.ofSeconds(5)).until(() -> stream.status().state() == State.FAILED);
      assertThat(reason(stream)).isEqualTo(Reason.NO_SOURCE);
    }
  }

  private static Reason reason(TorrentStream stream) {
    StreamException why = stream.status().failure();
    return why == null ? Reason.INTERNAL : why.reason();
  }

  @Test
  void refusesLocalAddresses() throws Exception {
    TestTorrent torrent =
        clip().tracker(tracker.url()).webSeed(origin.serve("clip.mp4", CLIP).toString()).build();
    StreamException why = failure(torrent.writeTorrent(folder).toString(), ShareMode.OFF, false);
    assertThat(why.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(why.sentence()).contains("--lan");
    assertThat(origin.connections()).isZero();
    assertThat(tracker.announceCount()).isZero();
  }

  @Test
  void refusesTheLocalTrackerOfAMagnet() throws Exception {
    StreamException why =
        failure(clip().tracker(tracker.url()).build().magnet(), ShareMode.OFF, false);
    assertThat(why.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    assertThat(tracker.announceCount()).isZero();
  }

  @Test
  void saysThatAUrlCantBeReached() throws Exception {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + closedPort + "/clip.torrent";
    assertThat(failure(url, ShareMode.OFF, false).reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void saysThatAUrlHasNoTorrent() throws Exception {
    String missing = origin.uri("missing.torrent").toString();
    StreamException notFound = failure(missing, ShareMode.OFF, false);
    assertThat(notFound.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(notFound.sentence()).contains("404");
    String page =
        origin
            .serve(
                "page.torrent", Content.of("<html>Hello</html>".getBytes(StandardCharsets.UTF_8)))
            .toString();
    assertThat(failure(page, ShareMode.OFF, false).reason()).isEqualTo(Reason.NOT_A_TORRENT);
  }

  @Test
  void saysThatTheConnectionBrokeWhenATorrentStalls() throws Exception {
    String url = origin.serve("clip.torrent", Content.of(served().bytes())).toString();
    origin.fault(new OriginFault.Stall(100));
    long start = System.nanoTime();
    StreamException why = failure(url, ShareMode.OFF, false);
    assertThat(why.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(why.sentence())
        .isEqualTo("The torrent can't be fetched: the connection to 127.0.0.1 broke.");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
    await().atMost(Duration.ofSeconds(2)).until(() -> origin.openConnections() == 0);
  }

  @Test
  void leavesNothingBehindWhenItIsClosedWhileATorrentStalls() throws Exception {
    String url = origin.serve("clip.torrent", Content.of(served().bytes())).toString();
    origin.fault(new OriginFault.Stall(100));
    try (EngineLab lab = EngineLab.open(folder)) {
      TorrentStream stream = lab.stream(url, Optional.of(ShareMode.OFF));
      await().atMost(Duration.ofSeconds(3)).until(() -> origin.bytesSent() >= 100);
      stream.close();
      await().atMost(Duration.ofSeconds(2)).until(() -> origin.openConnections() == 0);
      await()
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(
              () ->
                  assertThat(Thread.getAllStackTraces().keySet())
                      .extracting(Thread::getName)
                      .doesNotContain("peerlet-opening"));
    }
  }

  @Test
  void saysThatAFileIsNoTorrent() throws Exception {
    Path file = Files.write(folder.resolve("noise.torrent"), CLIP.bytes(0, 5000));
    assertThat(failure(file.toString(), ShareMode.OFF, true).reason())
        .isEqualTo(Reason.NOT_A_TORRENT);
  }

  @Test
  void saysThatATorrentHoldsNoVideo() throws Exception {
    TestTorrent torrent = TestTorrents.single("book.txt", CLIP).tracker(tracker.url()).build();
    assertThat(failure(torrent, ShareMode.OFF).reason()).isEqualTo(Reason.NO_PLAYABLE_FILE);
  }

  @Test
  void saysThatNobodyHasAMagnet() throws Exception {
    long start = System.nanoTime();
    StreamException why =
        failure(clip().tracker(tracker.url()).build().magnet(), ShareMode.RECEIVE, true);
    assertThat(why.reason()).isEqualTo(Reason.METADATA_TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertThat(tracker.announceCount()).isPositive();
  }

  @Test
  void saysThatTheOnlySourceHasMoved() throws Exception {
    TestTorrent torrent = clip().webSeed(origin.uri("moved.mp4").toString()).build();
    try (EngineLab lab = EngineLab.open(folder)) {
      TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
      EngineLab.clip(stream);
      await().atMost(Duration.ofSeconds(3)).until(() -> stream.status().state() == State.FAILED);
      assertThat(reason(stream)).isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void saysThatTheContentDiffers() throws Exception {
    TestTorrent torrent = served();
    origin.fault(new OriginFault.WrongBits(1000));
    try (EngineLab lab = EngineLab.open(folder)) {
      TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
      EngineLab.clip(stream);
      await().atMost(Duration.ofSeconds(3)).until(() -> stream.status().state() == State.FAILED);
      assertThat(reason(stream)).isEqualTo(Reason.CONTENT_DIFFERS);
      assertThat(stream.status().buffered()).isEmpty();
    }
  }

  @Test
  void saysThatTheCacheCantBeWritten() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    assertThatThrownBy(() -> StreamEngine.open(EngineOptions.in(file.resolve("cache"))))
        .isInstanceOfSatisfying(
            StreamException.class,
            why -> assertThat(why.reason()).isEqualTo(Reason.CACHE_NOT_WRITABLE));
  }

  @Test
  void saysThatTheCacheWentAway() throws Exception {
    TestTorrent torrent = served();
    origin.fault(new OriginFault.Stall(0));
    try (EngineLab lab = EngineLab.open(folder)) {
      TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
      EngineLab.clip(stream);
      Path clipFolder = folder.resolve("cache").resolve(torrent.infoHashHex());
      Files.delete(clipFolder);
      Files.write(clipFolder, new byte[0]);
      origin.heal();
      await().atMost(Duration.ofSeconds(10)).until(() -> stream.status().state() == State.FAILED);
      assertThat(reason(stream)).isEqualTo(Reason.CACHE_NOT_WRITABLE);
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (EngineLab lab = EngineLab.open(folder)) {
      int taken = EngineLab.clip(lab.stream(served(), ShareMode.OFF)).url().getPort();
      EngineOptions options =
          new EngineOptions(folder.resolve("other"), taken, true, Duration.ofSeconds(1));
      assertThatThrownBy(() -> StreamEngine.open(options))
          .isInstanceOfSatisfying(
              StreamException.class,
              why -> assertThat(why.reason()).isEqualTo(Reason.PORT_UNAVAILABLE));
    }
  }

  /** In a JVM of its own: a library that was found once can't be lost again. */
  @Test
  void playsWithoutTheNativeLibraryAndSaysSo() throws Exception {
    String url = origin.serve("clip.mp4", CLIP).toString();
    ChildJvm.Result result =
        ChildJvm.run(
            folder,
            List.of("-Dlibtorrent4j.jni.path=" + folder.resolve("nowhere.so")),
            WithoutNativeLibrary.class,
            folder.toString(),
            clip().tracker(tracker.url()).webSeed(url).build().writeTorrent(folder).toString(),
            clip().tracker(tracker.url()).build().magnet());
    assertThat(result.output())
        .contains("read 1000000")
        .contains("notice The library that talks to other viewers is missing")
        .contains("magnet NATIVE_LIBRARY_MISSING");
    assertThat(result.exitCode()).isZero();
    assertThat(tracker.announceCount()).isZero();
  }
}
