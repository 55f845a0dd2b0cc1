package org.peerlet.jnlp.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * Subtitles that lie beside a video: {@code name.vtt}, {@code name.en.vtt}, and {@code .srt}
 * likewise.
 *
 * @param path of the file
 * @param language a BCP 47 tag, {@code und} where the name has none
 */
public record SubtitleFile(Path path, String language) {
  private static final String UNKNOWN = "und";

  /** A film's subtitles have some 100 kB. */
  private static final long MAX_BYTES = 4 << 20;

  private static final Pattern ENDING =
      Pattern.compile("(?:\\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}))?\\.(vtt|srt)");

  /** What old subtitles are in where they are not UTF-8: the superset of Latin 1. */
  private static final Charset OLD = Charset.forName("windows-1252");

  /**
   * Finds them. Where a language has both forms, the WebVTT counts.
   *
   * @return by language
   * @throws StreamException {@code NO_SUCH_FILE} if the video's folder can't be listed
   */
  public static List<SubtitleFile> beside(Path video) throws StreamException {
    String name = String.valueOf(video.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    List<SubtitleFile> found = new ArrayList<>();
    Path folder = video.toAbsolutePath().getParent();
    if (folder == null) {
      return found;
    }
    Set<String> languages = new HashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> candidates =
          files
              .filter(file -> String.valueOf(file.getFileName()).startsWith(stem + "."))
              .sorted(Comparator.comparing(file -> -formOf(file)))
              .toList();
      for (Path file : candidates) {
        Matcher ending = ending(file, stem);
        if (ending.matches() && Files.isRegularFile(file)) {
          String language = ending.group(1) == null ? UNKNOWN : tag(ending.group(1));
          if (languages.add(language)) {
            found.add(new SubtitleFile(file, language));
          }
        }
      }
    } catch (IOException unreadable) {
      throw new StreamException(
          Reason.NO_SUCH_FILE,
          "The folder of the video "
              + Shown.field(name)
              + " can't be listed, so its subtitles are not known.",
          unreadable);
    }
    found.sort(Comparator.comparing(SubtitleFile::language));
    return found;
  }

  private static Matcher ending(Path file, String stem) {
    return ENDING.matcher(String.valueOf(file.getFileName()).substring(stem.length()));
  }

  /** 1 for WebVTT, 0 for SubRip. */
  private static int formOf(Path file) {
    return file.toString().endsWith(".vtt") ? 1 : 0;
  }

  private static String tag(String given) {
    return Locale.forLanguageTag(given).toLanguageTag();
  }

  /** The name of the language in that language, for a menu. */
  public String label() {
    if (language.equals(UNKNOWN)) {
      return "Subtitles";
    }
    Locale locale = Locale.forLanguageTag(language);
    String name = locale.getDisplayName(locale);
    return name.isEmpty() ? language : name.substring(0, 1).toUpperCase(locale) + name.substring(1);
  }

  /** Of the published file, which begins with the clip's slug. */
  public String publishedName(String slug) {
    return language.equals(UNKNOWN) ? slug + ".vtt" : slug + "." + language + ".vtt";
  }

  /**
   * The WebVTT of this file.
   *
   * @throws StreamException {@code BAD_SOURCE} if it holds no subtitles of its kind, {@code
   *     NO_SUCH_FILE} if it can't be read
   */
  public byte[] webVtt() throws StreamException {
    String text = text(bytes());
    if (formOf(path) == 0) {
      return SubRip.toWebVtt(text)
          .orElseThrow(() -> unfit("are not SubRip"))
          .getBytes(StandardCharsets.UTF_8);
    }
    if (!text.matches("(?s)WEBVTT([ \\t\\r\\n].*)?")) {
      throw unfit("are not WebVTT");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes() throws StreamException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw unfit("are longer than 4 MiB");
      }
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new StreamException(
          Reason.NO_SUCH_FILE,
          "The subtitles " + Shown.field(String.valueOf(path.getFileName())) + " can't be read.",
          unreadable);
    }
  }

  private StreamException unfit(String why) {
    return new StreamException(
        Reason.BAD_SOURCE,
        "The subtitles " + Shown.field(String.valueOf(path.getFileName())) + " " + why + ".");
  }

  private static String text(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      text = new String(bytes, OLD);
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
