package org.peerlet.tracker;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} header asks of a resource of known size, by the rules of nginx with {@code
 * max_ranges 1} (which are those of RFC 9110 section 14 where that leaves no choice): another unit
 * or several satisfiable ranges give the whole, malformed or unsatisfiable ranges give 416, ends
 * beyond the size are clamped.
 *
 * <p>Jetty's own range parser is not used: it answers several ranges with multipart bodies, which
 * no video player asks for and which multiply the cost of one request, and drops a malformed range
 * where nginx refuses it.
 */
sealed interface RangeRequest {

  /** The whole resource: 200. */
  record Whole() implements RangeRequest {}

  /** The half-open, non-empty {@code [first, end)}: 206. */
  record Part(long first, long end) implements RangeRequest {}

  /** 416. */
  record Unsatisfiable() implements RangeRequest {}

  /**
   * The shortest is {@code bytes=} and one character; nginx ignores anything else as an unknown
   * unit.
   */
  String UNIT = "bytes=";

  /**
   * Reads a header.
   *
   * @param header the field value, or null where there is none
   * @param sizeBytes of the resource, ≥ 0
   */
  static RangeRequest of(@Nullable String header, long sizeBytes) {
    if (header == null
        || header.length() <= UNIT.length()
        || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return new Whole();
    }
    return new RangeParser(header, UNIT.length(), sizeBytes).parse();
  }
}
