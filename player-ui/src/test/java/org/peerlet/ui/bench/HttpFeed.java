package org.peerlet.ui.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.State;
import org.peerlet.core.media.Mp4Index;

/** The clip straight from the origin, as a page with a video element and no peers gets it. */
final class HttpFeed extends GreedyFeed {
  private final URI origin;
  private final LocalClip clip;
  private long first;

  HttpFeed(URI origin, LocalClip clip, long markBytes) {
    super(markBytes);
    this.origin = origin;
    this.clip = clip;
  }

  @Override
  public Mp4Index open() {
    read(origin, 0, clip.lengthBytes());
    return clip.index();
  }

  @Override
  public void playback(Duration position, boolean playing) {
    // A plain server paces nobody.
  }

  @Override
  public void seek(Duration position, long firstByte) {
    first = firstByte;
    read(origin, firstByte, clip.lengthBytes());
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
}
