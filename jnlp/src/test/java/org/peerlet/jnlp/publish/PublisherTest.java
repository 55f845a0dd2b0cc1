package org.peerlet.jnlp.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.ClipManifest;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.fixtures.media.Media;
import org.peerlet.jnlp.launch.LaunchButton;
import org.peerlet.jnlp.page.ClipEntry;
import org.peerlet.jnlp.page.SiteAddress;

/** Publishing on a machine without ffmpeg, again and again. */
class PublisherTest {
  @TempDir private Path folder;
  private Path video;
  private Path out;
  private Optional<WebStartPart> webStart = Optional.empty();
  private Optional<String> title = Optional.empty();
  private boolean webSeedInTorrent = true;
  private Optional<URI> report = Optional.empty();
  private Optional<URI> packages = Optional.empty();
  private boolean link;
  private String site = "https://example.org/v/";
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void copyVideo() throws IOException {
    Path source = Files.createDirectories(folder.resolve("videos"));
    video = Media.CLIP_10S.copyTo(source);
    out = folder.resolve("site");
  }

  private Publisher.Done publish(Path... videos) throws IOException, StreamException {
    return publisher(videos).publish();
  }

  private Publisher publisher(Path... videos) throws StreamException {
    notices.clear();
    SiteAddress address = SiteAddress.parse(site);
    Order order =
        new Order(
            List.of(videos),
            address,
            out,
            title,
            TrackerUrls.of(List.of(), address),
            webSeedInTorrent,
            report,
            packages,
            link);
    Progress quiet = new ProgressLines(System.out, () -> 0);
    return new Publisher(
        order, webStart, Optional.empty(), quiet, notices::add, InstantSource.fixed(Instant.EPOCH));
  }

  /** Every file that is for the public, with when it was written. */
  private Map<String, FileTime> files() throws IOException {
    Map<String, FileTime> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString();
        if (!name.startsWith(SiteFolder.OWN)) {
          files.put(name, Files.getLastModifiedTime(file));
        }
      }
    }
    return files;
  }

  @Test
  void writesWhatASiteNeeds() throws Exception {
    Publisher.Done done = publish(video);
    assertThat(files().keySet())
        .containsExactly(
            "clip-10s/clip-10s.mp4",
            "clip-10s/clip.json",
            "clip-10s/clip.torrent",
            "clip-10s/index.html",
            "feed.xml",
            "icon.svg",
            "index.html",
            "site.css");
    assertThat(done.written()).hasSameElementsAs(files().keySet());
    assertThat(notices).singleElement().asString().contains("ffmpeg is not here");
    Metainfo torrent = Metainfo.parse(Files.readAllBytes(out.resolve("clip-10s/clip.torrent")));
    assertThat(torrent.totalLength()).isEqualTo(Files.size(video));
    assertThat(torrent.trackers()).containsExactly(List.of("https://example.org/v/announce"));
    assertThat(torrent.webSeeds()).containsExactly("https://example.org/v/clip-10s/clip-10s.mp4");
    ClipManifest manifest =
        ClipManifest.parse(Files.readAllBytes(out.resolve("clip-10s/clip.json")));
    assertThat(manifest.title()).isEqualTo("clip-10s");
    assertThat(manifest.origins()).singleElement().hasToString("clip-10s.mp4");
    assertThat(manifest.duration().orElseThrow()).hasSeconds(10);
    assertThat(Files.readString(out.resolve(".peerlet/info-hashes.txt")))
        .isEqualTo(torrent.infoHash().hex() + "\n");
  }

  @Test
  void writesNothingTheSecondTime() throws Exception {
    publish(video);
    Map<String, FileTime> before = files();
    assertThat(publish(video).written()).isEmpty();
    assertThat(files()).isEqualTo(before);
    assertThat(publish().written()).isEmpty();
  }

  @Test
  void namesTheOriginInTheManifestAloneAndWhereToReport() throws Exception {
    webSeedInTorrent = false;
    report = Optional.of(URI.create("https://example.org/report?a=1&b=2"));
    publish(video);
    Metainfo torrent = Metainfo.parse(Files.readAllBytes(out.resolve("clip-10s/clip.torrent")));
    assertThat(torrent.webSeeds()).isEmpty();
    ClipManifest manifest =
        ClipManifest.parse(Files.readAllBytes(out.resolve("clip-10s/clip.json")));
    assertThat(manifest.origins()).singleElement().hasToString("clip-10s.mp4");
    assertThat(manifest.report()).isEqualTo(report);
    webSeedInTorrent = true;
    assertThat(publish(video).written()).containsExactly("clip-10s/clip.torrent", "feed.xml");
    report = Optional.empty();
    assertThat(publish(video).written()).containsExactly("clip-10s/clip.json");
  }

  @Test
  void renewsWhatATitleChanges() throws Exception {
    publish(video);
    title = Optional.of("A <new> title");
    assertThat(publish(video).written())
        .containsExactlyInAnyOrder(
            "clip-10s/clip.json", "clip-10s/index.html", "index.html", "feed.xml");
    title = Optional.empty();
    assertThat(publish(video).written()).as("it stays").isEmpty();
  }

  @Test
  void renewsTorrentAndPagesForAnotherAddress() throws Exception {
    publish(video);
    site = "https://example.com/";
    assertThat(publish(video).written())
        .contains("clip-10s/clip.torrent")
        .doesNotContain("clip-10s/clip-10s.mp4");
    site = "https://example.net/";
    publish();
    assertThat(notices).singleElement().asString().endsWith("clip-10s");
  }

  @Test
  void replacesAVideoThatChangedAtItsPlace() throws Exception {
    publish(video);
    Files.write(video, Media.CLIP_60S.bytes());
    assertThat(publish(video).written()).contains("clip-10s/clip-10s.mp4", "clip-10s/clip.torrent");
    assertThat(out.resolve("clip-10s/clip-10s.mp4")).hasBinaryContent(Media.CLIP_60S.bytes());
    Metainfo torrent = Metainfo.parse(Files.readAllBytes(out.resolve("clip-10s/clip.torrent")));
    assertThat(torrent.totalLength()).isEqualTo(Media.CLIP_60S.sizeBytes());
  }

  @Test
  void mendsAPublishedVideoThatWasHarmed() throws Exception {
    publish(video);
    Files.write(out.resolve("clip-10s/clip-10s.mp4"), new byte[10]);
    publish(video);
    assertThat(out.resolve("clip-10s/clip-10s.mp4")).hasBinaryContent(Media.CLIP_10S.bytes());
  }

  @Test
  void givesVideosOfOneNameTheirOwnFolders() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other")).resolve("clip-10s.mp4");
    Files.write(other, Media.CLIP_60S.bytes());
    publish(video, other, video);
    assertThat(files()).containsKeys("clip-10s/clip-10s.mp4", "clip-10s-2/clip-10s-2.mp4");
    assertThat(publish(other, video).written()).isEmpty();
    assertThat(files()).doesNotContainKey("clip-10s-3/clip.json");
  }

  @Test
  void leavesFoldersAndPagesOfOthersAlone() throws Exception {
    Files.createDirectories(out.resolve("clip-10s"));
    Files.writeString(out.resolve("clip-10s/mine.txt"), "mine");
    Files.writeString(out.resolve("index.html"), "mine");
    publish(video);
    assertThat(files()).containsKey("clip-10s-2/clip.json");
    assertThat(out.resolve("index.html")).hasContent("mine");
    assertThat(notices).anyMatch(each -> each.startsWith("index.html was changed by hand"));
    Path page = out.resolve("clip-10s-2/index.html");
    Files.writeString(page, "my page");
    title = Optional.of("New");
    publish(video);
    assertThat(page).hasContent("my page");
    Files.delete(page);
    publish(video);
    assertThat(page).content().contains("<h1 dir=\"auto\">New</h1>");
  }

  @Test
  void publishesSubtitlesAndRemovesThoseThatAreGone() throws Exception {
    Path english = video.resolveSibling("clip-10s.en.srt");
    Files.writeString(english, "1\n00:00:01,000 --> 00:00:02,000\nHello\n");
    publish(video);
    assertThat(out.resolve("clip-10s/clip-10s.en.vtt"))
        .hasContent("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n");
    Files.delete(english);
    publish(video);
    assertThat(files()).doesNotContainKey("clip-10s/clip-10s.en.vtt");
  }

  @Test
  void forgetsAClipWhoseFolderIsGone() throws Exception {
    Path second = Files.copy(video, video.resolveSibling("second.mp4"));
    publish(video, second);
    try (Stream<Path> files = Files.list(out.resolve("clip-10s"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(out.resolve("clip-10s"));
    assertThat(publish().written()).containsExactlyInAnyOrder("index.html", "feed.xml");
    assertThat(out.resolve("index.html")).content().contains("second/").doesNotContain("clip-10s/");
    assertThat(out.resolve(".peerlet/clips")).isDirectoryNotContaining("glob:**clip-10s.json");
  }

  @Test
  void linksWhereAsked() throws Exception {
    link = true;
    publish(video);
    assertThat(Files.getAttribute(video, "unix:nlink")).isEqualTo(2);
    assertThat(publish(video).written()).isEmpty();
  }

  @Test
  void refusesAllBeforeAnythingIsWritten() throws Exception {
    Path broken = Media.MATROSKA.copyTo(folder.resolve("videos"));
    assertThatThrownBy(() -> publish(video, broken))
        .isInstanceOf(StreamException.class)
        .hasMessageStartingWith("clip.mkv: This clip is a Matroska")
        .hasMessageContaining("ffmpeg -i ");
    assertThat(out).doesNotExist();
    assertThatThrownBy(() -> publish(folder.resolve("none.mp4")))
        .hasMessage("The video none.mp4 does not exist or can't be read.");
  }

  @Test
  void refusesVideosOfThePublishedFolderAndASecondPublisher() throws Exception {
    publish(video);
    Path inside = out.resolve("clip-10s/clip-10s.mp4");
    assertThatThrownBy(() -> publish(inside)).hasMessageContaining("lies in the published folder");
    assertThatThrownBy(
            () -> {
              try (SiteFolder busy = SiteFolder.open(out)) {
                assertThat(busy.written()).isEmpty();
                publish(video);
              }
            })
        .isInstanceOfAny(
            StreamException.class, java.nio.channels.OverlappingFileLockException.class);
  }

  @Test
  void addsWhatWebStartBrings() throws Exception {
    webStart = Optional.of(new FakePlayer("one"));
    packages = Optional.of(URI.create("https://example.org/player/"));
    assertThat(publish(video).platforms()).containsExactly("Linux x86-64");
    assertThat(out.resolve("clip-10s/clip.jnlp")).hasContent("clip-10s clip-10s player/one.jar");
    assertThat(out.resolve("peerlet-launch.js")).hasBinaryContent(LaunchButton.script());
    assertThat(out.resolve("clip-10s/index.html"))
        .content()
        .contains("<peerlet-launch href=", " packages=\"https://example.org/player/\">");
  }

  @Test
  void launchFilesOfEarlierClipsFollowThePlayer() throws Exception {
    webStart = Optional.of(new FakePlayer("one"));
    publish(video);
    webStart = Optional.of(new FakePlayer("two"));
    Path second = Files.copy(video, video.resolveSibling("second.mp4"));
    assertThat(publish(second).written()).containsOnlyOnce("clip-10s/clip.jnlp");
    assertThat(out.resolve("clip-10s/clip.jnlp")).hasContent("clip-10s clip-10s player/two.jar");
    assertThat(out.resolve("second/clip.jnlp")).hasContent("second second player/two.jar");
    assertThat(out.resolve("player")).isDirectoryNotContaining("glob:**one.jar");
    webStart = Optional.of(new FakePlayer("three"));
    assertThat(publish().written())
        .as("without a video, too")
        .containsExactlyInAnyOrder("clip-10s/clip.jnlp", "second/clip.jnlp");
    webStart = Optional.of(new FakePlayer("four"));
    title = Optional.of("New");
    assertThat(publish(video).written()).containsOnlyOnce("clip-10s/clip.jnlp");
    assertThat(out.resolve("clip-10s/clip.jnlp")).hasContent("New clip-10s player/four.jar");
  }

  @Test
  void launchFilesNameAJarThatIsThereWhereverARunIsStopped() throws Exception {
    List<Path> videos = new ArrayList<>(List.of(video));
    for (String name : List.of("second.mp4", "third.mp4")) {
      videos.add(Files.copy(video, video.resolveSibling(name)));
    }
    webStart = Optional.of(new FakePlayer("before"));
    publish(videos.toArray(Path[]::new));
    for (int calls = 0; calls < 6; calls++) {
      webStart = Optional.of(new FakePlayer("after-" + calls).stoppedAfter(calls));
      assertThatThrownBy(() -> publish(videos.get(0))).hasMessage("stopped");
      for (String slug : List.of("clip-10s", "second", "third")) {
        String jar = Files.readString(out.resolve(slug + "/clip.jnlp")).replaceAll(".* ", "");
        assertThat(out.resolve(jar)).as("%s after %d calls", slug, calls).exists();
      }
    }
  }

  @Test
  void launchFilesForAnotherAddressAreLeftAlone() throws Exception {
    site = "https://example.org/v/other/";
    webStart = Optional.of(new FakePlayer("one"));
    publish(video);
    site = "https://example.org/v/";
    webStart = Optional.of(new FakePlayer("two"));
    publish();
    assertThat(out.resolve("clip-10s/clip.jnlp")).hasContent("clip-10s clip-10s player/one.jar");
    assertThat(notices).singleElement().asString().contains("for another address");
  }

  /** A player of one jar, and launch files of three words: title, folder, jar. */
  private static final class FakePlayer implements WebStartPart {
    private final String version;
    private Path jars = Path.of("");
    private int callsLeft = Integer.MAX_VALUE;

    FakePlayer(String version) {
      this.version = version;
    }

    /** Fails at the first call after so many. */
    FakePlayer stoppedAfter(int calls) {
      callsLeft = calls;
      return this;
    }

    @Override
    public List<String> install(Path root, SiteAddress address) throws IOException {
      count();
      jars = Files.createDirectories(root.resolve("player"));
      Files.writeString(jars.resolve(version + ".jar"), version);
      return List.of("Linux x86-64");
    }

    @Override
    public String jnlp(SiteAddress address, ClipEntry clip) {
      count();
      return clip.title() + " " + clip.slug() + " player/" + version + ".jar";
    }

    @Override
    public void removeUnused() throws IOException {
      count();
      try (Stream<Path> all = Files.list(jars)) {
        for (Path jar : all.filter(each -> !each.endsWith(version + ".jar")).toList()) {
          Files.delete(jar);
        }
      }
    }

    private void count() {
      if (callsLeft-- == 0) {
        throw new IllegalStateException("stopped");
      }
    }
  }
}
