package org.peerlet.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Collects the bytes that a client sends until they make a request head. Used by one thread. */
final class HeadBuffer {
  /** Players send under 500 bytes, browsers under 2 KiB; threats.md T3. */
  static final int MAX_HEAD_BYTES = 8 * 1024;

  private static final String HEAD_END = "\r\n\r\n";

  private final ByteBuffer bytes = ByteBuffer.allocate(MAX_HEAD_BYTES);
  private int searched;

  /** Where to put the next bytes; there is always room for one after {@link #take} gave null. */
  ByteBuffer space() {
    return bytes;
  }

  /**
   * Takes the first head out of the bytes, if it is complete.
   *
   * @throws BadRequestException if it is longer than {@link #MAX_HEAD_BYTES} or malformed
   */
  @Nullable RequestHead take() throws BadRequestException {
    // One byte at a time must not make the search quadratic: go on where the last one ended.
    String text = new String(bytes.array(), searched, bytes.position() - searched, ISO_8859_1);
    int end = text.indexOf(HEAD_END);
    if (end < 0) {
      if (!bytes.hasRemaining()) {
        throw new BadRequestException("head too long");
      }
      searched = Math.max(0, bytes.position() - HEAD_END.length() + 1);
      return null;
    }
    int headBytes = searched + end + 2;
    String head = new String(bytes.array(), 0, headBytes, ISO_8859_1);
    bytes.flip().position(headBytes + 2);
    bytes.compact();
    searched = 0;
    return RequestHead.parse(head);
  }
}
