package org.peerlet.core.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} header asks of a content of known length (RFC 9110, 14.2).
 *
 * <p>The rules are those of nginx 1.22 with {@code max_ranges 1}, read in its {@code
 * ngx_http_range_filter_module.c} and compared with the program in {@code NginxRangeIT}, so that a
 * clip behaves the same from a viewer as from its site:
 *
 * <ul>
 *   <li>no header, another unit than {@code bytes}, or nothing after {@code bytes=}: the whole
 *   <li>an end beyond the content is clamped; a suffix longer than the content is the whole, as 206
 *   <li>a start at or beyond the end, or a syntax error: unsatisfiable
 *   <li>an empty content asked from 0, or for a suffix: the whole
 *   <li>two satisfiable ranges: the whole. One range per request keeps a request from costing more
 *       than one pass over the content
 *   <li>one satisfiable range among unsatisfiable ones: that one
 * </ul>
 */
sealed interface ByteRange {
  /** The whole content, as 200. */
  record Whole() implements ByteRange {}

  /** Bytes [first, end) of the content, as 206; first &lt; end. */
  record Part(long first, long end) implements ByteRange {}

  /** No byte of the content, as 416. */
  record Unsatisfiable() implements ByteRange {}

  ByteRange WHOLE = new Whole();
  ByteRange UNSATISFIABLE = new Unsatisfiable();

  /**
   * Reads a {@code Range} header.
   *
   * @param header its value without surrounding white space, or null where there is none
   * @param lengthBytes length of the content, at least 0
   */
  static ByteRange parse(@Nullable String header, long lengthBytes) {
    // nginx asks for one character after "bytes=" before it takes the header for a range at all.
    if (header == null || header.length() < 7 || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
      return WHOLE;
    }
    return new ByteRangeParser(header, 6, lengthBytes).parse();
  }

  /**
   * Whether the {@code Range} header counts under this {@code If-Range} (RFC 9110, 13.1.5): there
   * is none, or it is exactly the strong entity tag or the {@code Last-Modified} line that was
   * sent. Weak tags and the obsolete date forms never match: the answer is the whole, which is
   * always right.
   */
  static boolean applies(@Nullable String ifRange, String entityTag, Instant lastModified) {
    return ifRange == null
        || ifRange.equals(entityTag)
        || ifRange.equals(HttpDate.format(lastModified));
  }
}
