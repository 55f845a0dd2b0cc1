package org.peerlet.jnlp.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns SubRip subtitles ({@code .srt}) into WebVTT. Pure. */
final class SubRip {
  private static final Pattern TIMES =
      Pattern.compile(
          "(\\d{1,3}):(\\d{2}):(\\d{2})[,.](\\d{1,3})\\s*-->\\s*"
              + "(\\d{1,3}):(\\d{2}):(\\d{2})[,.](\\d{1,3}).*");

  /** The tags that both formats have; all others go. */
  private static final Pattern TAG =
      Pattern.compile("<(/?)([ibu])>|</?[A-Za-z][^<>]*>|\\{\\\\[^{}]*\\}");

  private SubRip() {}

  /** The WebVTT of the same cues; empty if the text has none. */
  static Optional<String> toWebVtt(String subRip) {
    StringBuilder out = new StringBuilder("WEBVTT\n");
    int cues = 0;
    List<String> lines = new ArrayList<>(subRip.replace('\0', ' ').lines().toList());
    for (int i = 0; i < lines.size(); i++) {
      Matcher times = TIMES.matcher(lines.get(i).strip());
      if (!times.matches()) {
        continue; // a cue's number, or a blank
      }
      StringBuilder text = new StringBuilder();
      for (i++; i < lines.size() && !lines.get(i).isBlank(); i++) {
        text.append(line(lines.get(i))).append('\n');
      }
      if (!text.isEmpty()) {
        out.append('\n').append(time(times, 1)).append(" --> ").append(time(times, 5));
        out.append('\n').append(text);
        cues++;
      }
    }
    return cues == 0 ? Optional.empty() : Optional.of(out.toString());
  }

  private static String time(Matcher times, int group) {
    String millis = (times.group(group + 3) + "00").substring(0, 3);
    String hours = times.group(group);
    return (hours.length() < 2 ? "0" + hours : hours)
        + ":"
        + times.group(group + 1)
        + ":"
        + times.group(group + 2)
        + "."
        + millis;
  }

  private static String line(String text) {
    StringBuilder out = new StringBuilder();
    Matcher tags = TAG.matcher(text);
    int end = 0;
    while (tags.find()) {
      out.append(escape(text.substring(end, tags.start())));
      if (tags.group(2) != null) {
        out.append('<').append(tags.group(1)).append(tags.group(2)).append('>');
      }
      end = tags.end();
    }
    return out.append(escape(text.substring(end))).toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
