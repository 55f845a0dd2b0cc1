package org.peerlet.core.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.peerlet.core.StreamException;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.media.SilentView;

/** A clip as seen without its sound: the same bytes but for a few in its index. */
final class SilentContent implements StreamContent {
  private final StreamContent whole;
  private final List<SilentView.Patch> patches;

  SilentContent(StreamContent whole, List<SilentView.Patch> patches) {
    this.whole = whole;
    this.patches = List.copyOf(patches);
  }

  @Override
  public long lengthBytes() {
    return whole.lengthBytes();
  }

  @Override
  public String entityTag() {
    return whole.entityTag().replaceFirst("\"$", "-silent\"");
  }

  @Override
  public Instant lastModified() {
    return whole.lastModified();
  }

  @Override
  public String mediaType() {
    return whole.mediaType();
  }

  @Override
  public ContentReader open(long position, long end) throws StreamException {
    return new PatchedReader(whole.open(position, end), position);
  }

  /** Patches what passes by. */
  private final class PatchedReader implements ContentReader {
    private final ContentReader reader;
    private long position;

    PatchedReader(ContentReader reader, long position) {
      this.reader = reader;
      this.position = position;
    }

    @Override
    public int read(ByteBuffer into) throws StreamException, InterruptedException {
      int at = into.position();
      int count = reader.read(into);
      if (count > 0) {
        for (SilentView.Patch patch : patches) {
          long from = Math.max(patch.offset(), position);
          long to = Math.min(patch.end(), position + count);
          for (long each = from; each < to; each++) {
            into.put(at + (int) (each - position), patch.byteAt(each));
          }
        }
        position += count;
      }
      return count;
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
