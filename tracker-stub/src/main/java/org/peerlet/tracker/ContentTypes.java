package org.peerlet.tracker;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Content types of what a published folder holds. */
final class ContentTypes {
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("mkv", "video/matroska"),
          Map.entry("webm", "video/webm"),
          Map.entry("torrent", "application/x-bittorrent"),
          Map.entry("json", "application/json"),
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("xml", "application/xml"),
          Map.entry("rss", "application/rss+xml"),
          Map.entry("vtt", "text/vtt; charset=utf-8"),
          Map.entry("jnlp", "application/x-java-jnlp-file"),
          Map.entry("jar", "application/java-archive"),
          Map.entry("zip", "application/zip"),
          Map.entry("deb", "application/vnd.debian.binary-package"));

  /** What a browser shows as a page, and could run scripts of. */
  private static final Set<String> PAGES =
      Set.of("text/html; charset=utf-8", "image/svg+xml", "application/xml");

  private ContentTypes() {}

  /** Whether a content policy must hold for it. */
  static boolean isPage(String type) {
    return PAGES.contains(type);
  }

  /** The type by a file name's extension, whatever its case; bytes without meaning if unknown. */
  static String of(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, "application/octet-stream");
  }
}
