package org.peerlet.ui.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.ui.cli.DurationText;
import org.peerlet.ui.player.VirtualPlayer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One viewer, in a JVM of its own: says {@code ready}, waits for a line, watches the clip with a
 * {@link VirtualPlayer} to its end, saying {@code moving} when the picture first does, leaves, and
 * prints a {@link ViewerResult}.
 */
public final class ViewerProgram implements Callable<Integer> {
  /** As often as the window. */
  private static final long TICK_MILLIS = 100;

  private static final long TRACE_MILLIS = 1000;

  @Mixin private FeedOptions options;

  @Option(names = "--piece-bytes", required = true)
  private long pieceBytes;

  @Option(names = "--share", defaultValue = "on")
  private ShareMode share;

  @Option(names = "--leave-after", converter = DurationText.class)
  private @Nullable Duration leaveAfter;

  @Option(names = "--give-up-after", converter = DurationText.class, required = true)
  private Duration giveUpAfter;

  @Option(names = "--trace")
  private @Nullable Path trace;

  private final ObjectMapper json = new ObjectMapper();

  public static void main(String[] arguments) {
    WatchingProgram.start(new ViewerProgram(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    WatchingProgram.watch(options.feed(share, pieceBytes), StreamStatus.OPENING, this::watch);
    return 0;
  }

  private ViewerResult watch(ViewerFeed feed) throws Exception {
    long askedMillis = nowMillis();
    Mp4Index index = feed.open();
    VirtualPlayer player = new VirtualPlayer(index, Files.size(options.clip), askedMillis);
    long giveUpMillis = askedMillis + giveUpAfter.toMillis();
    long traceMillis = askedMillis;
    try (Writer traceLines = trace == null ? Writer.nullWriter() : Files.newBufferedWriter(trace)) {
      boolean playing = true;
      boolean moved = false;
      while (playing && nowMillis() < giveUpMillis && feed.status().failure() == null) {
        long now = nowMillis();
        StreamStatus status = feed.status();
        player.tick(status, feed.readBytes(), now);
        feed.playback(player.position(), player.moving());
        if (!moved && player.startupMillis().isPresent()) {
          moved = true;
          System.out.println("moving");
        }
        playing = !seen(player);
        if (now >= traceMillis) {
          traceMillis += TRACE_MILLIS;
          traceLines.write(traceLine(feed, player, status, now - askedMillis));
          traceLines.flush();
        }
        Thread.sleep(TICK_MILLIS);
      }
    }
    feed.close();
    return result(feed, player, askedMillis);
  }

  private boolean seen(VirtualPlayer player) {
    return player.ended() || (leaveAfter != null && player.position().compareTo(leaveAfter) >= 0);
  }

  private String traceLine(
      ViewerFeed feed, VirtualPlayer player, StreamStatus status, long sinceAskedMillis)
      throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("atMillis", sinceAskedMillis);
    line.put("wallMillis", System.currentTimeMillis());
    line.put("positionSeconds", player.position().toMillis() / 1000.0);
    line.put("moving", player.moving());
    line.put("bufferSeconds", player.ahead().toMillis() / 1000.0);
    line.put("rebuffers", player.rebuffers());
    line.put("starvedMillis", player.starvedMillis());
    line.put("readBytes", feed.readBytes());
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("state", status.state());
    shown.put("lengthBytes", status.lengthBytes());
    shown.put(
        "buffered",
        status.buffered().stream().map(span -> new long[] {span.first(), span.end()}).toList());
    shown.put("peers", status.peers());
    shown.put("downloadBytesPerSecond", status.downloadBytesPerSecond());
    shown.put("uploadBytesPerSecond", status.uploadBytesPerSecond());
    shown.put("bytesFromPeers", status.bytesFromPeers());
    shown.put("bytesFromOrigin", status.bytesFromOrigin());
    shown.put("originPieces", status.originUse().pieces());
    shown.put("bytesDuplicate", status.bytesDuplicate());
    shown.put("bytesUploaded", status.bytesUploaded());
    shown.put("notice", status.notice());
    line.put("status", shown);
    return json.writeValueAsString(line) + "\n";
  }

  private ViewerResult result(ViewerFeed feed, VirtualPlayer player, long askedMillis) {
    StreamStatus status = feed.status();
    OptionalLong startup = player.startupMillis();
    boolean finished = seen(player);
    return new ViewerResult(
        startup.isPresent() ? startup.getAsLong() : null,
        player.rebuffers(),
        player.rebufferMillis(),
        player.starvedMillis(),
        player.playedSeconds(),
        status.bytesFromPeers(),
        status.bytesFromOrigin(),
        status.bytesDuplicate(),
        status.bytesUploaded(),
        sinceAsked(feed.firstByteNanos(), askedMillis),
        sinceAsked(feed.markNanos(), askedMillis),
        finished,
        finished || status.failure() == null ? null : status.failure().sentence());
  }

  private static @Nullable Long sinceAsked(OptionalLong nanos, long askedMillis) {
    return nanos.isPresent() ? nanos.getAsLong() / 1_000_000 - askedMillis : null;
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }
}
