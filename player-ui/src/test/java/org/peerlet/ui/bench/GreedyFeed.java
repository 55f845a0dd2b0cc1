package org.peerlet.ui.bench;

import java.net.URI;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A feed whose player reads a URL with a {@link GreedyReader}, anew from wherever it goes. */
abstract sealed class GreedyFeed implements SeekingFeed permits HttpFeed, PeerletFeed {
  private final long markBytes;
  private @Nullable GreedyReader reader;

  GreedyFeed(long markBytes) {
    this.markBytes = markBytes;
  }

  /** Leaves the connection, if there is one, and reads from another place on. */
  final void read(URI url, long first, long lengthBytes) {
    stopReading();
    reader = new GreedyReader(url, first, lengthBytes, markBytes);
  }

  private void stopReading() {
    if (reader != null) {
      reader.close();
    }
  }

  @Override
  public final long readBytes() {
    return reader == null ? 0 : reader.readBytes();
  }

  @Override
  public final OptionalLong firstByteNanos() {
    return reader == null ? OptionalLong.empty() : reader.firstByteNanos();
  }

  @Override
  public final OptionalLong markNanos() {
    return reader == null ? OptionalLong.empty() : reader.markNanos();
  }

  @Override
  public void close() {
    stopReading();
  }
}
