package org.peerlet.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One document, as far as the tests look into it. */
record Markdown(Path file, String text) {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

  static Markdown of(Path file) {
    return new Markdown(file, Repository.text(file));
  }

  static Markdown of(String path) {
    return of(Repository.ROOT.resolve(path));
  }

  static List<Markdown> all() {
    return Repository.files(".md").map(Markdown::of).toList();
  }

  private String prose() {
    return FENCE.matcher(text).replaceAll("");
  }

  /** Targets of links and images, as written. */
  List<String> links() {
    return LINK.matcher(prose()).results().map(link -> link.group(1)).toList();
  }

  /** What stands between back-ticks. */
  List<String> code() {
    return CODE.matcher(prose()).results().map(code -> code.group(1)).toList();
  }

  /** The anchors of its headings, as the usual renderers make them. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  String title() {
    return HEADING.matcher(text).results().findFirst().map(found -> found.group(1)).orElse("");
  }

  /** The text under a heading of any level, up to the next heading of the same or a higher one. */
  String section(String heading) {
    Pattern start = Pattern.compile("(?m)^(#+) +" + Pattern.quote(heading) + "$");
    MatchResult found =
        start
            .matcher(text)
            .results()
            .findFirst()
            .orElseThrow(() -> new AssertionError(file + " has no section " + heading));
    String rest = text.substring(found.end());
    Pattern next = Pattern.compile("(?m)^#{1," + found.group(1).length() + "} ");
    return next.split(rest, 2)[0];
  }

  /** The cells of every table row of a text, but for headers and rules. */
  static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean header = i + 1 < lines.length && lines[i + 1].startsWith("|---");
      if (lines[i].startsWith("|") && !lines[i].startsWith("|---") && !header) {
        String inner = lines[i].strip().replaceAll("^\\||\\|$", "");
        rows.add(List.of(inner.split("(?<!\\\\)\\|", -1)).stream().map(String::strip).toList());
      }
    }
    return rows;
  }

  /** What stands between back-ticks in a cell. */
  static List<String> codeIn(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }
}
