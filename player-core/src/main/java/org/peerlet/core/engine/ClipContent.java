package org.peerlet.core.engine;

import java.time.Instant;
import java.util.Locale;
import org.peerlet.core.StreamException;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.metainfo.InfoHash;

/** A running clip as the stream server serves it. */
final class ClipContent implements StreamContent {
  private final RunningClip clip;
  private final String entityTag;
  private final String mediaType;
  private final Instant opened = Instant.now();

  ClipContent(RunningClip clip, InfoHash infoHash, int fileIndex, String fileName) {
    this.clip = clip;
    this.entityTag = "\"" + infoHash.hex() + "-" + fileIndex + "\"";
    this.mediaType = mediaType(fileName);
  }

  @Override
  public long lengthBytes() {
    return clip.layout().fileLength();
  }

  @Override
  public String entityTag() {
    return entityTag;
  }

  @Override
  public Instant lastModified() {
    return opened;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  public ContentReader open(long position, long end) throws StreamException {
    return clip.read(position, end, false);
  }

  /** By the name's ending; players look into the bytes anyway. */
  static String mediaType(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return switch (fileName.substring(dot + 1).toLowerCase(Locale.ROOT)) {
      case "mp4", "m4v" -> "video/mp4";
      case "mov" -> "video/quicktime";
      case "webm" -> "video/webm";
      case "mkv" -> "video/x-matroska";
      case "avi" -> "video/x-msvideo";
      case "ts", "m2ts" -> "video/mp2t";
      case "mp3" -> "audio/mpeg";
      case "m4a" -> "audio/mp4";
      case "wav" -> "audio/wav";
      default -> "application/octet-stream";
    };
  }
}
