package org.peerlet.core.engine;

/**
 * A reader as the engine saw it.
 *
 * @param id tells readers apart
 * @param position clip offset of the next byte it reads
 * @param end clip offset after the last byte it will read
 * @param bytesRead given to it so far
 * @param urgent whether nothing can be shown before its bytes
 * @param playedTo clip offset up to which its player has shown the clip; negative if that is not
 *     known
 * @param moving whether its player shows a moving picture, as far as known
 */
record ReaderView(
    int id,
    long position,
    long end,
    long bytesRead,
    boolean urgent,
    long playedTo,
    boolean moving) {
  /** A reader whose player tells nothing. */
  ReaderView(int id, long position, long end, long bytesRead, boolean urgent) {
    this(id, position, end, bytesRead, urgent, -1, false);
  }
}
