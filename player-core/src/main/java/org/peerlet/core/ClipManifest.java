package org.peerlet.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException.Reason;

/**
 * What a site says of one clip: {@code clip.json}. Its URLs are relative to where it lies, or
 * absolute; {@link #resolve} makes all of them absolute.
 *
 * @param title for people, as published: {@link Shown#field} makes it fit for a line
 * @param torrent of the clip
 * @param origins where the clip's file can be had over HTTP, besides those that the torrent names
 * @param duration playing time
 * @param bitsPerSecond of the whole file, at least 1
 * @param poster a still picture
 * @param thumbnails a WebVTT file that names a picture for each stretch of the clip
 * @param report where a player may tell how it went
 */
public record ClipManifest(
    String title,
    URI torrent,
    List<URI> origins,
    Optional<Duration> duration,
    OptionalLong bitsPerSecond,
    Optional<URI> poster,
    Optional<URI> thumbnails,
    List<Subtitles> subtitles,
    Optional<URI> report) {
  /** threats.md T16. */
  public static final int MAX_BYTES = 1 << 20;

  /** threats.md T16. */
  private static final int MAX_DEPTH = 32;

  /** As of a torrent's web seeds (threats.md T5). */
  private static final int MAX_ORIGINS = 8;

  /** More languages than any clip has. */
  private static final int MAX_SUBTITLES = 64;

  /** The only form there is so far; a player that meets a newer one says so. */
  private static final int VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxDocumentLength(MAX_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * Subtitles in one language.
   *
   * @param url a WebVTT file
   * @param language a BCP 47 tag
   * @param label for people
   */
  public record Subtitles(URI url, String language, String label) {}

  public ClipManifest {
    origins = List.copyOf(origins);
    subtitles = List.copyOf(subtitles);
  }

  /** A manifest as it is written; names and units are those of docs/commands.md. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Written(
      @JsonProperty("peerlet") int version,
      @Nullable String title,
      @Nullable String torrent,
      @Nullable List<String> origins,
      @Nullable Double durationSeconds,
      @Nullable Long bitsPerSecond,
      @Nullable String poster,
      @Nullable String thumbnails,
      @Nullable List<WrittenSubtitles> subtitles,
      @Nullable String report) {}

  private record WrittenSubtitles(
      @Nullable String url, @Nullable String language, @Nullable String label) {}

  /**
   * Reads a manifest.
   *
   * @throws StreamException {@code BAD_SOURCE} when it is none, or one beyond the limits of
   *     threats.md T16
   */
  public static ClipManifest parse(byte[] json) throws StreamException {
    if (json.length > MAX_BYTES) {
      throw unfit("it is longer than " + MAX_BYTES + " bytes", null);
    }
    Written written;
    try {
      written = JSON.readValue(json, Written.class);
    } catch (JsonProcessingException malformed) {
      throw unfit("it is not right JSON", malformed);
    } catch (IOException | StackOverflowError broken) {
      throw unfit("it can't be read", broken);
    }
    if (written == null || written.version() != VERSION) {
      throw unfit("it is not of the form that this Peerlet reads", null);
    }
    return of(written);
  }

  private static ClipManifest of(Written written) throws StreamException {
    Double seconds = written.durationSeconds();
    Long rate = written.bitsPerSecond();
    if (seconds != null && !(seconds > 0 && seconds < Integer.MAX_VALUE)) {
      throw unfit("its duration is not a time", null);
    }
    if (rate != null && rate < 1) {
      throw unfit("its bitrate is not a rate", null);
    }
    List<URI> origins = new ArrayList<>();
    for (String origin : limited(written.origins(), MAX_ORIGINS)) {
      origins.add(http(present(origin, "an origin")));
    }
    List<Subtitles> subtitles = new ArrayList<>();
    for (WrittenSubtitles each : limited(written.subtitles(), MAX_SUBTITLES)) {
      if (each == null) {
        throw unfit("its subtitles have a gap", null);
      }
      String language = present(each.language(), "a subtitle's language");
      String label = each.label() == null ? language : each.label();
      subtitles.add(new Subtitles(http(present(each.url(), "a subtitle")), language, label));
    }
    return new ClipManifest(
        present(written.title(), "a title"),
        http(present(written.torrent(), "a torrent")),
        origins,
        Optional.ofNullable(seconds).map(s -> Duration.ofMillis(Math.round(s * 1000))),
        rate == null ? OptionalLong.empty() : OptionalLong.of(rate),
        optional(written.poster()),
        optional(written.thumbnails()),
        subtitles,
        optional(written.report()));
  }

  private static <T> List<T> limited(@Nullable List<T> list, int most) {
    return list == null ? List.of() : list.subList(0, Math.min(most, list.size()));
  }

  private static String present(@Nullable String text, String what) throws StreamException {
    if (text == null || text.isBlank()) {
      throw unfit(what + " is missing", null);
    }
    return text;
  }

  private static Optional<URI> optional(@Nullable String url) throws StreamException {
    return url == null ? Optional.empty() : Optional.of(http(url));
  }

  /** A URL that may be relative; of other schemes, nothing is to be fetched. */
  private static URI http(String text) throws StreamException {
    try {
      URI url = new URI(text);
      String scheme = url.getScheme();
      boolean fits =
          scheme == null || "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      if (fits && !url.isOpaque() && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException malformed) {
      // The sentence below says it.
    }
    throw unfit("this is not a right URL: " + Shown.field(text), null);
  }

  private static StreamException unfit(String why, @Nullable Throwable cause) {
    return new StreamException(
        Reason.BAD_SOURCE, "The clip manifest can't be used: " + why + ".", cause);
  }

  /** The same with absolute URLs, if {@code base} is one: where the manifest lies. */
  public ClipManifest resolve(URI base) {
    return new ClipManifest(
        title,
        base.resolve(torrent),
        origins.stream().map(base::resolve).toList(),
        duration,
        bitsPerSecond,
        poster.map(base::resolve),
        thumbnails.map(base::resolve),
        subtitles.stream()
            .map(each -> new Subtitles(base.resolve(each.url()), each.language(), each.label()))
            .toList(),
        report.map(base::resolve));
  }

  /** UTF-8, indented for people, with a line break at the end. */
  public byte[] toJson() {
    Written written =
        new Written(
            VERSION,
            title,
            torrent.toString(),
            origins.stream().map(URI::toString).toList(),
            duration.map(each -> each.toMillis() / 1000.0).orElse(null),
            bitsPerSecond.isPresent() ? (Long) bitsPerSecond.getAsLong() : null,
            poster.map(URI::toString).orElse(null),
            thumbnails.map(URI::toString).orElse(null),
            subtitles.stream()
                .map(s -> new WrittenSubtitles(s.url().toString(), s.language(), s.label()))
                .toList(),
            report.map(URI::toString).orElse(null));
    try {
      return (JSON.writeValueAsString(written) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException never) {
      throw new IllegalStateException(never);
    }
  }
}
