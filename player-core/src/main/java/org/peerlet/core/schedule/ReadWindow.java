package org.peerlet.core.schedule;

/**
 * What one reader will want soon.
 *
 * @param position clip offset of the next byte it reads
 * @param end clip offset up to which it wants bytes now, at least {@code position}
 * @param leadMillis how long the bytes it already has will keep its player busy, at least 0
 * @param urgent whether nothing can be shown before these bytes: the clip's index
 */
public record ReadWindow(long position, long end, long leadMillis, boolean urgent) {
  public ReadWindow {
    if (position < 0 || end < position || leadMillis < 0) {
      throw new IllegalArgumentException(position + ".." + end + " lead " + leadMillis);
    }
  }
}
