package org.peerlet.core;

import org.jspecify.annotations.Nullable;

/**
 * A failure the viewer is told about. The {@link Reason} is for code to switch on; the message is
 * one plain sentence, made for a person and safe to print.
 */
public final class StreamException extends Exception {
  private final Reason reason;

  public StreamException(Reason reason, String message) {
    this(reason, message, null);
  }

  public StreamException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** The message, which is never null here. */
  public String sentence() {
    String message = getMessage();
    return message == null ? reason.name() : message;
  }

  /** What kind of failure it is. */
  public enum Reason {
    /** What was given is no file, URL or magnet URI that Peerlet understands. */
    BAD_SOURCE,
    /** The named file does not exist or can't be read. */
    NO_SUCH_FILE,
    /** The bytes are not a torrent, or one beyond the limits of threats.md T5. */
    NOT_A_TORRENT,
    /** A right torrent of a kind that is not supported (v2 only). */
    UNSUPPORTED_TORRENT,
    /** The torrent holds no video file. */
    NO_PLAYABLE_FILE,
    /** The clip's format or codec can't be shown by the player. */
    UNPLAYABLE_FORMAT,
    /** No peer delivered the metadata of a magnet URI in time. */
    METADATA_TIMEOUT,
    /** An address on the local machine or network, named by a source from elsewhere. */
    ADDRESS_REFUSED,
    /** The host name can't be resolved. */
    UNKNOWN_HOST,
    /** The server can't be reached, or answers with an error. */
    UNREACHABLE,
    /** The origin's content differs from what was published. */
    CONTENT_DIFFERS,
    /** Neither an origin nor, with the sharing that was chosen, a peer may be asked. */
    NO_SOURCE,
    /** The cache folder can't be written. */
    CACHE_NOT_WRITABLE,
    /** The native library is missing or can't be loaded. */
    NATIVE_LIBRARY_MISSING,
    /** There is no display to open a window on. */
    NO_DISPLAY,
    /** The port is taken, or may not be used. */
    PORT_UNAVAILABLE,
    /** The clip, reader or engine was closed; nobody needs to be told. */
    CLOSED,
    /** A fault in Peerlet itself; the log has more. */
    INTERNAL
  }
}
