package org.peerlet.tracker;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpDateTime;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What tells one version of a file from another (RFC 9110 section 8.8), and the conditions a
 * request puts on them (section 13).
 *
 * @param etag strong: size and modification time
 * @param modifiedSeconds the modification time, in whole seconds since 1970, as {@code
 *     Last-Modified} has it
 */
record Validators(String etag, long modifiedSeconds) {

  /** What the conditions of a request come to. */
  enum Outcome {
    SEND,
    NOT_MODIFIED,
    FAILED
  }

  static Validators of(BasicFileAttributes file) {
    Instant modified = file.lastModifiedTime().toInstant();
    String etag =
        '"'
            + Long.toHexString(file.size())
            + '-'
            + Long.toHexString(file.lastModifiedTime().toMillis())
            + '"';
    return new Validators(etag, modified.getEpochSecond());
  }

  /** The same file's, where it is sent with other bytes that depend on a text without quotes. */
  Validators variant(String text) {
    return new Validators(etag.substring(0, etag.length() - 1) + '-' + text + '"', modifiedSeconds);
  }

  String lastModified() {
    return DateGenerator.formatDate(Instant.ofEpochSecond(modifiedSeconds));
  }

  /**
   * RFC 9110 section 13.2.2, the order of evaluation; a date that cannot be read is no condition.
   */
  Outcome evaluate(HttpFields request) {
    String ifMatch = list(request, HttpHeader.IF_MATCH);
    if (ifMatch != null) {
      if (!matches(ifMatch, false)) {
        return Outcome.FAILED;
      }
    } else {
      Long unmodifiedSince = date(request.get(HttpHeader.IF_UNMODIFIED_SINCE));
      if (unmodifiedSince != null && modifiedSeconds > unmodifiedSince) {
        return Outcome.FAILED;
      }
    }
    String ifNoneMatch = list(request, HttpHeader.IF_NONE_MATCH);
    if (ifNoneMatch != null) {
      return matches(ifNoneMatch, true) ? Outcome.NOT_MODIFIED : Outcome.SEND;
    }
    Long modifiedSince = date(request.get(HttpHeader.IF_MODIFIED_SINCE));
    return modifiedSince != null && modifiedSeconds <= modifiedSince
        ? Outcome.NOT_MODIFIED
        : Outcome.SEND;
  }

  /**
   * Whether a {@code Range} counts: no {@code If-Range}, or one that names exactly this version.
   */
  boolean rangeApplies(HttpFields request) {
    String ifRange = request.get(HttpHeader.IF_RANGE);
    if (ifRange == null) {
      return true;
    }
    if (ifRange.endsWith("\"")) {
      return ifRange.equals(etag);
    }
    Long date = date(ifRange);
    return date != null && date == modifiedSeconds;
  }

  private boolean matches(String tags, boolean weakly) {
    for (String each : tags.split(",", -1)) {
      String tag = each.strip();
      if (tag.equals("*") || tag.equals(etag) || (weakly && tag.equals("W/" + etag))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String list(HttpFields request, HttpHeader name) {
    String joined = null;
    for (HttpField field : request) {
      if (field.getHeader() == name) {
        joined = joined == null ? field.getValue() : joined + "," + field.getValue();
      }
    }
    return joined;
  }

  private static @Nullable Long date(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return HttpDateTime.parse(text).toEpochSecond();
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }
}
