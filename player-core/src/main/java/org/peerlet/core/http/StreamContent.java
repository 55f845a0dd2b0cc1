package org.peerlet.core.http;

import java.time.Instant;
import org.peerlet.core.StreamException;

/**
 * What {@code StreamServer} serves under one path: bytes of a known length that may not be there
 * yet. Methods may be called from any thread and, but for {@link ContentReader#read}, return at
 * once.
 */
public interface StreamContent {
  /** Length of the whole, in bytes; at least 0. */
  long lengthBytes();

  /** A strong entity tag with its quotes (RFC 9110, 8.8.3). */
  String entityTag();

  /** The time for {@code Last-Modified}; whole seconds count. */
  Instant lastModified();

  /** The media type for {@code Content-Type}, never HTML. */
  String mediaType();

  /**
   * Opens a reader.
   *
   * @param position offset of the first byte to read, in [0, {@link #lengthBytes()}]
   * @param end offset after the last byte that will be read, in [position, length]; a hint that
   *     keeps the readahead from going beyond it
   * @throws StreamException with reason {@code CLOSED} when the clip is closed
   */
  ContentReader open(long position, long end) throws StreamException;
}
