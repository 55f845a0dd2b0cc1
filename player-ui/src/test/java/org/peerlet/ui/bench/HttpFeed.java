package org.peerlet.ui.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.media.Mp4Index;

/** The clip straight from the origin, as a page with a video element and no peers gets it. */
final class HttpFeed implements SeekingFeed {
  private final URI origin;
  private final LocalClip clip;
  private final long markBytes;
  private long first;
  private @Nullable GreedyReader reader;

  HttpFeed(URI origin, LocalClip clip, long markBytes) {
    this.origin = origin;
    this.clip = clip;
    this.markBytes = markBytes;
  }

  @Override
  public Mp4Index open() {
    reader = new GreedyReader(origin, 0, clip.lengthBytes(), markBytes);
    return clip.index();
  }

  @Override
  public void playback(Duration position, boolean playing) {
    // A plain server paces nobody.
  }

  @Override
  public void seek(Duration position, long firstByte) {
    close();
    first = firstByte;
    reader = new GreedyReader(origin, firstByte, clip.lengthBytes(), markBytes);
  }

  @Override
  public StreamStatus status() {
    return new StreamStatus(
        State.STREAMING,
        "",
        clip.lengthBytes(),
        0,
        List.of(new ByteSpan(first, readBytes())),
        null,
        0,
        false,
        0,
        0,
        new StreamStatus.Bytes(0, readBytes() - first, 0, 0),
        StreamStatus.OriginUse.NONE,
        null,
        null,
        null);
  }

  @Override
  public long readBytes() {
    return reader == null ? first : reader.readBytes();
  }

  @Override
  public OptionalLong firstByteNanos() {
    return reader == null ? OptionalLong.empty() : reader.firstByteNanos();
  }

  @Override
  public OptionalLong markNanos() {
    return reader == null ? OptionalLong.empty() : reader.markNanos();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
