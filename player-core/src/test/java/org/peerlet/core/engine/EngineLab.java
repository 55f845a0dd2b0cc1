package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.peerlet.core.Clip;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.fixtures.content.Content;
import org.peerlet.fixtures.torrent.TestTorrent;

/** An engine with its own cache folder, and an HTTP client that looks at what it serves. */
final class EngineLab implements AutoCloseable {
  private static final long WAIT_SECONDS = 30;

  private final Path folder;
  private final StreamEngine engine;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<TorrentStream> streams = new CopyOnWriteArrayList<>();

  private EngineLab(Path folder, StreamEngine engine) {
    this.folder = folder;
    this.engine = engine;
  }

  /** With loopback addresses allowed, and ten seconds for metadata. */
  static EngineLab open(Path folder) throws StreamException {
    return open(folder, true, Duration.ofSeconds(10));
  }

  static EngineLab open(Path folder, boolean lan, Duration metadataTimeout) throws StreamException {
    EngineOptions options = new EngineOptions(folder.resolve("cache"), 0, lan, metadataTimeout);
    return new EngineLab(folder, StreamEngine.open(options));
  }

  TorrentStream stream(TestTorrent torrent, ShareMode share) throws StreamException {
    Path file = folder.resolve(torrent.infoHashHex() + ".torrent");
    if (!Files.exists(file)) { // another stream may be reading it
      torrent.writeTorrent(folder);
    }
    return stream(file.toString(), Optional.of(share));
  }

  TorrentStream stream(String source, Optional<ShareMode> share) throws StreamException {
    TorrentStream stream = engine.stream(TorrentSource.parse(source), share);
    streams.add(stream);
    return stream;
  }

  static Clip clip(TorrentStream stream) throws Exception {
    return stream.clip().get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Why the stream failed, once it has. */
  static StreamException failure(TorrentStream stream) throws Exception {
    try {
      Clip clip = stream.clip().get(WAIT_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("it did not fail: " + clip);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof StreamException why) {
        return why;
      }
      throw failed;
    }
  }

  /** Reads the whole clip in one answer. */
  byte[] read(TorrentStream stream) throws Exception {
    HttpResponse<byte[]> response = client.send(get(stream).build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** Reads [first, end) of the clip. */
  byte[] read(TorrentStream stream, long first, long end) throws Exception {
    try (InputStream body = open(stream, first, end)) {
      return body.readAllBytes();
    }
  }

  /** Opens [first, end) of the clip. */
  InputStream open(TorrentStream stream, long first, long end) throws Exception {
    HttpRequest request = get(stream).header("Range", "bytes=" + first + "-" + (end - 1)).build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(206);
    return response.body();
  }

  /** Reads [first, end) on another thread. */
  CompletableFuture<byte[]> readAside(TorrentStream stream, long first, long end) {
    CompletableFuture<byte[]> done = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                done.complete(read(stream, first, end));
              } catch (Exception | AssertionError failed) {
                done.completeExceptionally(failed);
              }
            },
            "test-reader");
    reader.setDaemon(true);
    reader.start();
    return done;
  }

  private static HttpRequest.Builder get(TorrentStream stream) throws Exception {
    URI url = clip(stream).url();
    return HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(WAIT_SECONDS));
  }

  /** Compares without printing megabytes. */
  static void assertSame(byte[] read, Content content, long first) {
    byte[] wanted = content.bytes(first, read.length);
    int wrong = Arrays.mismatch(read, wanted);
    assertThat(wrong).as("the first wrong byte after " + first).isEqualTo(-1);
  }

  /** What the cache folder holds, the native library aside, which stays. */
  List<String> cached() throws IOException {
    Path cache = folder.resolve("cache");
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> cache.relativize(file).toString())
          .filter(name -> !name.startsWith("native"))
          .toList();
    }
  }

  /** Bytes of every kind that came, over the clip's length: 1 when nothing came twice. */
  static double cost(StreamStatus status) {
    return (double) (status.bytesFromOrigin() + status.bytesFromPeers()) / status.lengthBytes();
  }

  /** Closes all streams and the engine, and looks at what is left of them. */
  @Override
  public void close() throws IOException {
    for (TorrentStream stream : streams) {
      long start = System.nanoTime();
      stream.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
    engine.close();
    assertThat(cached()).isEmpty();
  }
}
