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
final class HttpFeed implements ViewerFeed {
  private final URI origin;
  private final LocalClip clip;
  private final long markBytes;
  private @Nullable GreedyReader reader;

  HttpFeed(URI origin, LocalClip clip, long markBytes) {
    this.origin = origin;
    this.clip = clip;
    this.markBytes = markBytes;
  }

  @Override
  public Mp4Index open() throws Exception {
    reader = new GreedyReader(origin.toURL(), 0, clip.lengthBytes(), markBytes);
    return clip.index();
  }

  @Override
  public void playback(Duration position, boolean playing) {
    // A plain server paces nobody.
  }

  @Override
  public StreamStatus status() {
    long read = readBytes();
    return new StreamStatus(
        State.STREAMING,
        "",
        clip.lengthBytes(),
        List.of(new ByteSpan(0, read)),
        0,
        0,
        0,
        0,
        read,
        0,
        0,
        null,
        null,
        null);
  }

  @Override
  public long readBytes() {
    return reader == null ? 0 : reader.readBytes();
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
