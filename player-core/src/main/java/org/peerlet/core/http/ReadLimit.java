package org.peerlet.core.http;

import java.util.List;
import org.peerlet.core.StreamStatus.ByteSpan;

/**
 * How far readers may read now. A media player that reads greedily (JavaFX) is held to what it will
 * show soon; other players pace themselves and get {@link #NONE}.
 *
 * @param end offset up to which bytes may be given
 * @param exempt spans that may be read whatever the limit: the clip's index
 */
public record ReadLimit(long end, List<ByteSpan> exempt) {
  /** No limit. */
  public static final ReadLimit NONE = new ReadLimit(Long.MAX_VALUE, List.of());

  public ReadLimit {
    exempt = List.copyOf(exempt);
  }

  /** The offset up to which a reader at a position may read; not beyond it when it must wait. */
  public long endFor(long position) {
    for (ByteSpan span : exempt) {
      if (position >= span.first() && position < span.end()) {
        return Math.max(span.end(), end);
      }
    }
    return end;
  }
}
