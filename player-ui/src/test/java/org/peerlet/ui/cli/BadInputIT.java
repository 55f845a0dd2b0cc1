package org.peerlet.ui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.peer.TinyTracker;
import org.peerlet.fixtures.torrent.Bencode;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/**
 * What a command can't work with is said in one line on standard error, with an exit code other
 * than 0, and nothing is left behind: no file, no process.
 */
class BadInputIT {
  private static final String HTML = "<!doctype html><title>Not found</title><p>Gone.";
  private static final String NOBODYS_MAGNET =
      "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567";
  private static final Content CLIP = Content.random(5, 300_000);

  private final SwarmLab lab = SwarmLab.open();
  private final FaultyOrigin origin = FaultyOrigin.open();
  private final TestUser user = new TestUser(lab, "viewer");

  @AfterEach
  void closeAll() {
    lab.close();
    origin.close();
  }

  @Test
  void noSource() throws Exception {
    refused(Peerlet.USAGE, "Missing required parameter: 'SOURCE'", "stream");
    refused(Peerlet.USAGE, "Nothing to play was given", "stream", "");
  }

  @Test
  void noSuchFile() throws Exception {
    refused(Peerlet.FAILED, "no such file: nothing.torrent", "stream", "nothing.torrent");
    refused(Peerlet.FAILED, "can't be read as a file", "stream", user.home().toString());
  }

  @Test
  void notATorrent() throws Exception {
    TestTorrent whole = TestTorrents.single("clip.mp4", CLIP).build();
    byte[] cut = Arrays.copyOf(whole.bytes(), whole.bytes().length / 2);
    for (byte[] bytes :
        List.of(Content.random(7, 5000).bytes(), HTML.getBytes(StandardCharsets.UTF_8), cut)) {
      refused(Peerlet.FAILED, "not a valid torrent", "stream", file(bytes));
    }
    refused(Peerlet.FAILED, "not a valid torrent", "stream", file(new byte[0]));
  }

  @Test
  void torrentWithoutVideo() throws Exception {
    TestTorrent text =
        TestTorrents.folder("books")
            .file("read me.txt", Content.random(1, 1000))
            .webSeed(origin.uri("books/").toString())
            .build();
    refused(Peerlet.FAILED, "holds no video file", "stream", file(text.bytes()), "--lan");
  }

  @Test
  void torrentOfVersion2Only() throws Exception {
    byte[] v2 =
        Bencode.encode(
            Map.of(
                "info",
                Map.of(
                    "file tree",
                    Map.of(
                        "clip.mp4",
                        Map.of("", Map.of("length", 1000L, "pieces root", new byte[32]))),
                    "meta version",
                    2L,
                    "name",
                    "clip.mp4",
                    "piece length",
                    16384L),
                "piece layers",
                Map.of()));
    refused(Peerlet.FAILED, "version 2", "stream", file(v2));
    refused(Peerlet.FAILED, "version 2", "stream", "magnet:?xt=urn:btmh:1220" + "ab".repeat(32));
  }

  @Test
  void malformedMagnet() throws Exception {
    refused(Peerlet.USAGE, "magnet link names no torrent", "stream", "magnet:?dn=clip");
    refused(Peerlet.USAGE, "magnet link names no torrent", "stream", "magnet:?xt=urn:btih:12");
  }

  @Test
  void magnetThatNobodyHas() throws Exception {
    try (TinyTracker tracker = TinyTracker.open()) {
      refused(
          Peerlet.FAILED,
          "Nobody has this magnet link's video: no answer within 2 s",
          "stream",
          NOBODYS_MAGNET + "&tr=" + tracker.url(),
          "--share=receive",
          "--lan",
          "--metadata-timeout=2s");
      assertThat(tracker.announceCount()).isPositive();
    }
  }

  @Test
  void onlyPeersHaveItAndSharingIsOff() throws Exception {
    refused(Peerlet.FAILED, "sharing is off", "stream", NOBODYS_MAGNET);
    String torrent = file(TestTorrents.single("clip.mp4", CLIP).build().bytes());
    refused(Peerlet.FAILED, "sharing is off", "stream", torrent, "--share", "off");
  }

  @Test
  void unreachableUrl() throws Exception {
    String url = "http://127.0.0.1:" + lab.freePort() + "/clip.torrent";
    refused(Peerlet.FAILED, "can't be reached", "stream", url);
    refused(Peerlet.FAILED, "can't be found", "stream", "http://nobody.invalid/clip.torrent");
  }

  @Test
  void urlOfNoTorrent() throws Exception {
    refused(Peerlet.FAILED, "answers 404", "stream", origin.uri("missing.torrent").toString());
    String page =
        origin.serve("page", Content.of(HTML.getBytes(StandardCharsets.UTF_8))).toString();
    refused(Peerlet.FAILED, "not a valid torrent", "stream", page);
    origin.fault(new OriginFault.Status(503));
    refused(Peerlet.FAILED, "answers 503", "stream", page);
  }

  @Test
  void urlOfAnotherKind() throws Exception {
    for (String url : List.of("ftp://127.0.0.1/clip.torrent", "file:///etc/hosts", "http://")) {
      refused(Peerlet.USAGE, "", "stream", url);
    }
  }

  @Test
  void addressOnThisMachine() throws Exception {
    try (TinyTracker tracker = TinyTracker.open()) {
      TestTorrent torrent =
          TestTorrents.single("clip.mp4", CLIP)
              .tracker(tracker.url())
              .webSeed(origin.serve("clip.mp4", CLIP).toString())
              .build();
      refused(Peerlet.FAILED, "--lan allows it", "stream", file(torrent.bytes()), "--share=on");
      refused(Peerlet.FAILED, "--lan allows it", "stream", torrent.magnet(), "--share=on");
      assertThat(tracker.announceCount()).isZero();
      assertThat(origin.requestCount()).isZero();
    }
  }

  @Test
  void optionsThatCannotBeUnderstood() throws Exception {
    String torrent = file(TestTorrents.single("clip.mp4", CLIP).build().bytes());
    refused(Peerlet.USAGE, "Unknown option: '--bogus'", "stream", torrent, "--bogus");
    refused(Peerlet.USAGE, "'2 weeks' is no duration", "stream", "x", "--metadata-timeout=2 weeks");
    refused(Peerlet.USAGE, "'-1s' is no duration", "stream", torrent, "--metadata-timeout=-1s");
    refused(Peerlet.USAGE, "from 0 to 65535, not 65536", "stream", torrent, "--port=65536");
    refused(Peerlet.USAGE, "--port", "stream", torrent, "--port=http");
    refused(Peerlet.USAGE, "--share", "stream", torrent, "--share=perhaps");
    refused(Peerlet.USAGE, "other.torrent", "stream", torrent, "other.torrent");
    refused(Peerlet.USAGE, "--exit-after", "play", torrent, "--exit-after=soon");
    refused(Peerlet.USAGE, "--bogus", "demo", "--bogus");
    refused(Peerlet.USAGE, "there is no command 'watch'", "watch", torrent);
  }

  @Test
  void foldersThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(lab.folder("torrents").resolve("a file"), "no folder");
    String torrent = file(TestTorrents.single("clip.mp4", CLIP).build().bytes());
    refused(
        Peerlet.FAILED,
        "cache folder can't be written",
        "stream",
        torrent,
        "--cache=" + file.resolve("cache"));
    refused(
        Peerlet.USAGE,
        "receipt can't be written",
        "stream",
        torrent,
        "--receipt=" + file.resolve("receipt.json"));
    refused(Peerlet.USAGE, "receipt can't be written", "play", torrent, "--receipt=" + user.home());
  }

  @Test
  void noDisplay() throws Exception {
    String torrent = file(TestTorrents.single("clip.mp4", CLIP).build().bytes());
    refused(Peerlet.FAILED, "no display", "play", torrent, "--share=off");
    user.with("DISPLAY", ":" + lab.freePort());
    refused(Peerlet.FAILED, "display", "play", torrent, "--share=off");
  }

  @Test
  void withoutTheNativeLibraryTheClipComesFromTheOrigin() throws Exception {
    user.javaOption("-Dlibtorrent4j.jni.path=/nonexistent.so");
    TestTorrent torrent =
        TestTorrents.single("clip.mp4", CLIP)
            .webSeed(origin.serve("clip.mp4", CLIP).toString())
            .build();
    LabProcess stream =
        user.peerlet("stream", file(torrent.bytes()), "--lan", "--share=on", "--status-json");
    assertThat(read(TestUser.url(stream))).isEqualTo(CLIP.bytes());
    stream.awaitLine(
        "^peerlet: The library that talks to other viewers is missing on this system\\. The video"
            + " comes from the site alone\\.$",
        TestUser.START_TIME);
    stream.awaitLine("\"bytesFromOrigin\":300000,", TestUser.START_TIME);
    TestUser.terminate(stream);
    stream.awaitExit(TestUser.START_TIME);
    assertThat(TestUser.complaints(stream)).hasSize(1);
    String onlyPeers = file(TestTorrents.single("clip.mp4", CLIP).build().bytes());
    refused(Peerlet.FAILED, "library", "stream", onlyPeers, "--share=on");
  }

  /** Runs a command that has to fail with a line that holds the words. */
  private void refused(int exitCode, String words, String... arguments) throws Exception {
    LabProcess command = user.peerlet(arguments);
    int actual = command.awaitExit(TestUser.START_TIME);
    String what = String.join(" ", arguments) + "\n" + command.lastOutput();
    assertThat(actual).as(what).isEqualTo(exitCode);
    assertThat(command.stdout()).as(what).isEmpty();
    assertThat(TestUser.complaints(command))
        .as(what)
        .singleElement()
        .asString()
        .startsWith("peerlet: ")
        .contains(words);
    assertThat(user.files()).as(what).isEmpty();
    assertThat(user.processes()).as(what).isEmpty();
  }

  private String file(byte[] bytes) throws IOException {
    Path folder = lab.folder("torrents");
    return Files.write(folder.resolve("given.torrent"), bytes).toString();
  }

  private static byte[] read(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
  }
}
