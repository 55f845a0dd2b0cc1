package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.media.Media;
import org.peerlet.fixtures.origin.FaultyOrigin;
import org.peerlet.fixtures.origin.OriginFault;
import org.peerlet.fixtures.origin.OriginRequest;
import org.peerlet.fixtures.torrent.TestTorrent;
import org.peerlet.fixtures.torrent.TestTorrents;

/** A minute whose index was published at the end, as players get it: with the index in front. */
class FastStartIT {
  private static final int PIECE = 16 << 10;

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private EngineLab lab;
  private FaultyOrigin origin;
  private Path published;
  private byte[] inFront;
  private TestTorrent torrent;

  @BeforeEach
  void open() throws Exception {
    published = folder.resolve("published.mp4");
    remux(Media.CLIP_60S.path(), published);
    Path front = folder.resolve("front.mp4");
    remux(published, front, "-movflags", "+faststart");
    inFront = Files.readAllBytes(front);
    lab = EngineLab.open(folder);
    origin = FaultyOrigin.open();
    Content content = Content.of(published);
    torrent =
        TestTorrents.single("clip.mp4", content)
            .pieceLength(PIECE)
            .webSeed(origin.serve("clip.mp4", content).toString())
            .build();
  }

  @AfterEach
  void close() throws Exception {
    try {
      lab.close();
    } finally {
      origin.close();
    }
  }

  @Test
  void isWhatFfmpegWouldHavePublishedWithTheIndexInFront() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    assertThat(Arrays.mismatch(lab.read(stream), inFront)).isEqualTo(-1);
    long seed = System.nanoTime();
    System.out.println("FastStartIT seed " + seed);
    Random random = new Random(seed);
    int index = (int) Files.size(published) - indexFirst(stream);
    int[] edges = {0, 32, 32 + index, inFront.length / 2, inFront.length};
    for (int i = 0; i < 200; i++) {
      int around = edges[random.nextInt(edges.length)] + random.nextInt(2001) - 1000;
      int first = Math.max(0, Math.min(inFront.length - 1, around));
      int end = first + 1 + random.nextInt(Math.min(50_000, inFront.length - first));
      byte[] read = lab.read(stream, first, end);
      assertThat(Arrays.mismatch(read, Arrays.copyOfRange(inFront, first, end)))
          .as("[%d, %d)", first, end)
          .isEqualTo(-1);
    }
  }

  @Test
  void answersTheSameToHeadGetAndRange() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    HttpResponse<byte[]> head = send(get(stream).method("HEAD", noBody()));
    HttpResponse<byte[]> whole = send(get(stream));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(inFront.length));
    String tag = header(head, "ETag");
    assertThat(tag).isEqualTo("\"" + torrent.infoHashHex() + "-0-front\"");
    assertThat(header(whole, "ETag")).isEqualTo(tag);
    assertThat(header(whole, "Content-Length")).isEqualTo(header(head, "Content-Length"));

    HttpResponse<byte[]> part = send(get(stream).header("Range", "bytes=100-199"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "ETag")).isEqualTo(tag);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(inFront, 100, 200));
    assertThat(ifRange(stream, tag)).isEqualTo(206);
    assertThat(ifRange(stream, tag.replace("-front", ""))).isEqualTo(200);
  }

  @Test
  void sendsHeadersBeforeAByteIsThere() throws Exception {
    origin.fault(new OriginFault.Stall(0));
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    EngineLab.clip(stream);
    HttpRequest request = get(stream).timeout(Duration.ofSeconds(5)).build();
    var response = client.send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(inFront.length));
    origin.heal();
    try (var body = response.body()) {
      assertThat(body.readNBytes(1000)).isEqualTo(Arrays.copyOf(inFront, 1000));
    }
  }

  @Test
  void fetchesTheEndsPiecesBeforeAnyMediaBeyondTheHead() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    lab.read(stream, 0, inFront.length / 2);
    int index = indexFirst(stream);
    List<Long> begins = origin.requests().stream().map(FastStartIT::first).toList();
    assertThat(begins.get(0)).isZero();
    long firstOfEnd = index - (long) index % PIECE;
    assertThat(begins.get(1)).as("%s", begins).isEqualTo(firstOfEnd);
    // What was asked for before anybody could be served anything.
    assertThat(end(origin.requests().get(0))).isLessThanOrEqualTo(64 << 10);
  }

  @Test
  void isReadByRealPlayersAsThePublishedFileIs() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    String url = EngineLab.clip(stream).url().toString();
    assertThat(run("ffprobe", "-v", "error", "-show_entries", "format=duration", url))
        .isEqualTo(
            run("ffprobe", "-v", "error", "-show_entries", "format=duration", published + ""));
    assertThat(frames(url)).isEqualTo(frames(published.toString())).contains("0,");
    for (String start : List.of("0%", "50%", "95%")) {
      String played =
          run(
              "mpv",
              "--no-config",
              "--vo=null",
              "--ao=null",
              "--untimed",
              "--frames=40",
              "--start=" + start,
              url);
      assertThat(played).contains("End of file");
    }
  }

  @Test
  void isReadByPlayersThatCannotSeek() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    String url = EngineLab.clip(stream).url().toString();
    String play = " | mpv --no-config --vo=null --ao=null --untimed --frames=40 -";
    assertThat(run("sh", "-c", "curl -sN \"$0\"" + play, url)).contains("End of file");
    String decode = " | ffmpeg -nostdin -v error -i - -map 0:v -f framemd5 -";
    assertThat(run("sh", "-c", "curl -sN \"$0\"" + decode, url))
        .isEqualTo(frames(published.toString()));
    // As it was published, it can't be.
    assertThat(run("sh", "-c", "cat \"$0\"" + play + " || true", published.toString()))
        .contains("Cannot seek backward");
    assertThat(run("sh", "-c", "cat \"$0\"" + decode + " || true", published.toString()))
        .contains("partial file");
  }

  @Test
  void holdsAPacedPlayerToWhatItWillShowSoon() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    stream.playback(Duration.ZERO, false);
    Mp4Index index = stream.inspection().get(10, TimeUnit.SECONDS).index().orElseThrow();
    int indexBytes = (int) Files.size(published) - indexFirst(stream);
    int limit = (int) index.endByteFor(Duration.ofSeconds(15)) + indexBytes;
    assertThat(limit).isLessThan(inFront.length / 2);
    assertThat(lab.read(stream, 0, limit)).isEqualTo(Arrays.copyOf(inFront, limit));
    CompletableFuture<byte[]> more = lab.readAside(stream, limit - 1, limit + 1);
    assertThat(catchThrowable(() -> more.get(1, TimeUnit.SECONDS)))
        .isInstanceOf(TimeoutException.class);
    stream.playback(Duration.ofSeconds(40), false);
    assertThat(more.get(5, TimeUnit.SECONDS))
        .isEqualTo(Arrays.copyOfRange(inFront, limit - 1, limit + 1));
  }

  @Test
  void findsTheIndexForAPacedPlayerWhomAnOriginIsLateWith() throws Exception {
    origin.fault(new OriginFault.Stall(0));
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    EngineLab.clip(stream);
    stream.playback(Duration.ZERO, false);
    assertThat(catchThrowable(() -> stream.inspection().get(1, TimeUnit.SECONDS)))
        .isInstanceOf(TimeoutException.class);
    origin.heal();
    assertThat(stream.inspection().get(10, TimeUnit.SECONDS).index()).isPresent();
  }

  @Test
  void hasNoSoundInItsSilentView() throws Exception {
    TorrentStream stream = lab.stream(torrent, ShareMode.OFF);
    stream.inspection().get(10, TimeUnit.SECONDS);
    URI silent = stream.silentUrl().orElseThrow();
    Path read = folder.resolve("silent.mp4");
    Files.write(read, send(HttpRequest.newBuilder(silent)).body());
    assertThat(Files.size(read)).isEqualTo(inFront.length);
    String tracks = run("ffprobe", "-v", "error", "-show_entries", "stream=codec_type", "" + read);
    assertThat(tracks).contains("video").doesNotContain("audio");
    assertThat(frames(silent.toString())).isEqualTo(frames(published.toString()));
  }

  /** Clip offset of the index in the published file. */
  private static int indexFirst(TorrentStream stream) throws Exception {
    return (int) stream.inspection().get(10, TimeUnit.SECONDS).indexSpan().first();
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static HttpRequest.Builder get(TorrentStream stream) throws Exception {
    return HttpRequest.newBuilder(EngineLab.clip(stream).url());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofByteArray());
  }

  private int ifRange(TorrentStream stream, String tag) throws Exception {
    return send(get(stream).header("Range", "bytes=5-9").header("If-Range", tag)).statusCode();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  private static long first(OriginRequest request) {
    return Long.parseLong(range(request)[0]);
  }

  private static long end(OriginRequest request) {
    return Long.parseLong(range(request)[1]) + 1;
  }

  private static String[] range(OriginRequest request) {
    return request.range().orElseThrow().replace("bytes=", "").split("-", 2);
  }

  /** A hash of each picture; times are those of the clip. */
  private String frames(String source) throws Exception {
    return run(
        "ffmpeg", "-nostdin", "-v", "error", "-i", source, "-map", "0:v", "-f", "framemd5", "-");
  }

  private void remux(Path from, Path to, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", from.toString()));
    command.addAll(List.of("-c", "copy", "-fflags", "+bitexact"));
    command.addAll(List.of(options));
    command.add(to.toString());
    run(command.toArray(String[]::new));
  }

  private String run(String... command) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(Stream.of(command).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String text = Files.readString(output);
      assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
