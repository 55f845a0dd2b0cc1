package org.peerlet.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackerServerTest {
  @TempDir private Path folder;

  @Test
  void announcesOverHttpWithRawBytes() throws IOException {
    try (TrackerServer server = TrackerServer.open(Options.trackerOnly())) {
      String target = server.announce().getPath() + "?";
      RawHttp.get(
          server.origin(),
          target + Announces.query(Announces.HASH, Announces.peerId(1), 6001, "&left=0"));
      RawHttp.Answer answer =
          RawHttp.get(
              server.origin(),
              target + Announces.query(Announces.HASH, Announces.peerId(2), 6002, "&left=1"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers())
          .containsEntry("content-type", "text/plain")
          .containsEntry("cache-control", "no-store")
          .containsEntry("x-content-type-options", "nosniff");
      assertThat(Bdecoded.dictionary(answer.body()))
          .containsEntry("complete", 1L)
          .containsEntry("peers", "\u007f\0\0\1\u0017q");
      RawHttp.Answer scrape =
          RawHttp.get(server.origin(), "/scrape?info_hash=" + Announces.escape(Announces.HASH));
      assertThat(scrape.text()).startsWith("d5:filesd20:" + Announces.HASH + "d8:complete");
    }
  }

  @Test
  void answersHostileAnnouncesWithoutAServerError() throws IOException {
    try (TrackerServer server = TrackerServer.open(Options.trackerOnly())) {
      for (String target :
          new String[] {
            "/announce",
            "/announce?",
            "/announce?%",
            "/announce?info_hash",
            "/announce?&&&&=",
            "/announce?info_hash=%00%01",
            "/announce?info_hash=\u00ff\u00fe",
            "/announce?a#b",
            "/announce?info_hash=" + "%00".repeat(20) + "&peer_id=" + "%ff".repeat(20) + "&port=x",
            "/scrape",
            "/scrape?info_hash=x",
            "/announce?" + "a=b&".repeat(1000)
          }) {
        RawHttp.Answer answer = RawHttp.get(server.origin(), target);
        assertThat(answer.status()).as(target).isEqualTo(200);
        assertThat(Bdecoded.dictionary(answer.body())).as(target).containsKey("failure reason");
      }
      assertThat(RawHttp.get(server.origin(), "/announce?" + "a".repeat(20_000)).status())
          .isEqualTo(414);
      assertThat(RawHttp.send(server.origin(), "POST", "/announce", "Content-Length: 0").status())
          .isEqualTo(405);
      assertThat(RawHttp.get(server.origin(), "/clip.mp4").status()).isEqualTo(404);
    }
  }

  @Test
  void tracksTheTorrentsOfItsFolderLateOnesIncluded() throws IOException {
    String query =
        Announces.query(TrackedFolderTest.infoHash("a").latin1(), Announces.peerId(1), 1, "");
    try (TrackerServer server = TrackerServer.open(Options.serving(folder))) {
      assertThat(RawHttp.get(server.origin(), "/announce?" + query).text()).contains("not tracked");
      Files.createDirectories(folder.resolve("clip"));
      Files.write(folder.resolve("clip/clip.torrent"), TrackedFolderTest.torrent("a"));
      await()
          .until(
              () ->
                  !RawHttp.get(server.origin(), "/announce?" + query)
                      .text()
                      .contains("not tracked"));
    }
  }

  @Test
  void tracksAnythingWhenOpen() throws IOException {
    String query = Announces.query(Announces.HASH, Announces.peerId(1), 1, "");
    Options options =
        Options.serving(folder).withOpenTracker(true).withInterval(Duration.ofSeconds(2));
    try (TrackerServer server = TrackerServer.open(options)) {
      assertThat(Bdecoded.dictionary(RawHttp.get(server.origin(), "/announce?" + query).body()))
          .containsEntry("interval", 2L)
          .containsEntry("min interval", 2L);
    }
  }

  @Test
  void saysThatAPortIsTakenAndFreesItOnClose() throws IOException {
    TrackerServer first = TrackerServer.open(Options.serving(folder));
    int port = first.origin().getPort();
    assertThatThrownBy(() -> TrackerServer.open(Options.serving(folder).withPort(port)))
        .isInstanceOf(IOException.class)
        .hasRootCauseInstanceOf(BindException.class);
    first.close();
    first.close();
    TrackerServer.open(Options.serving(folder).withPort(port)).close();
  }

  @Test
  void namesALoopbackUrlWhenItListensEverywhere() throws IOException {
    try (TrackerServer server = TrackerServer.open(Options.serving(folder).withHost("0.0.0.0"))) {
      assertThat(server.origin().toString()).matches("http://127\\.0\\.0\\.1:\\d+/");
      assertThat(server.announce()).isEqualTo(server.origin().resolve("/announce"));
    }
  }

  @Test
  void refusesOptionsOutOfRange() {
    Options options = Options.serving(folder);
    assertThatThrownBy(() -> options.withPort(65536)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withPort(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> options.withInterval(Duration.ofHours(2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Options.trackerOnly().withOpenTracker(false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
