package org.peerlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the documents name exists. */
class DocumentsTest {
  private static final Pattern CLASS_NAME = Pattern.compile("(?:[A-Z][a-z0-9]+){2,}[A-Z]*");
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?");
  private static final Pattern THREAT =
      Pattern.compile("threats\\.md,? ((?:[TF][0-9]+[ ,and–]*)+)");
  private static final Pattern PAGE = Pattern.compile("\\b([a-z-]+\\.md)\\b");

  /** Classes of libraries that decisions are about. */
  private static final Set<String> FOREIGN = Set.of("TorrentBuilder", "SessionParams");

  @Test
  void linksAndImagesLeadSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      for (String link : page.links()) {
        if (!link.matches("https?:.*") && !leadsSomewhere(page, link)) {
          broken.add(Repository.shown(page.file()) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Markdown page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
    return Files.exists(target)
        && (parts.length == 1 || Markdown.of(target.normalize()).anchors().contains(parts[1]));
  }

  @Test
  void classesPackagesAndPathsExist() {
    Set<String> classes = Repository.classNames();
    Set<String> unknown = new TreeSet<>();
    for (Markdown page : Markdown.all()) {
      boolean aboutLibraries = page.file().endsWith("facts.md");
      for (String code : page.code()) {
        String first = code.split("[.#(]", 2)[0];
        boolean known =
            code.startsWith("org.peerlet")
                ? isPackageOrClass(code.replace(".*", "").replace("Test", ""))
                : looksLikeOurPath(code)
                    ? Files.exists(Repository.ROOT.resolve(code))
                    : aboutLibraries
                        || !CLASS_NAME.matcher(first).matches()
                        || classes.contains(first)
                        || FOREIGN.contains(first);
        if (!known) {
          unknown.add(Repository.shown(page.file()) + ": " + code);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static boolean isPackageOrClass(String name) {
    String path = "/" + name.replaceAll("\\.$", "").replace('.', '/');
    return Repository.files(".java")
        .anyMatch(file -> file.toString().replaceAll("\\.java$", "/").contains(path + "/"));
  }

  private static boolean looksLikeOurPath(String code) {
    String first = code.split("/", 2)[0];
    return code.contains("/")
        && PATH.matcher(code).matches()
        && Files.isDirectory(Repository.ROOT.resolve(first));
  }

  @Test
  void codeRefersToPagesAndRowsThatExist() {
    Set<String> pages =
        Markdown.all().stream()
            .map(page -> String.valueOf(page.file().getFileName()))
            .collect(Collectors.toSet());
    Set<String> rows =
        Markdown.rows(Repository.text("docs/threats.md")).stream()
            .flatMap(row -> List.of(row.get(0).split("[/–]", -1)).stream())
            .collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    for (Path file : Repository.files(".java").toList()) {
      String text = Repository.text(file);
      PAGE.matcher(text)
          .results()
          .map(page -> page.group(1))
          .filter(page -> !pages.contains(page))
          .forEach(page -> unknown.add(Repository.shown(file) + ": " + page));
      THREAT
          .matcher(text)
          .results()
          .flatMap(found -> Pattern.compile("[TF][0-9]+").matcher(found.group(1)).results())
          .map(row -> row.group())
          .filter(row -> !rows.contains(row) && !row.equals("F29"))
          .forEach(row -> unknown.add(Repository.shown(file) + ": " + row));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void decisionsAreNumberedWithoutGapsAndListed() {
    List<Markdown> decisions =
        Markdown.all().stream()
            .filter(page -> page.file().startsWith(Repository.ROOT.resolve("docs/decisions")))
            .filter(page -> !page.file().endsWith("README.md"))
            .sorted((a, b) -> a.file().compareTo(b.file()))
            .toList();
    List<String> expected =
        IntStream.rangeClosed(1, decisions.size())
            .mapToObj(n -> "%04d / %d.".formatted(n, n))
            .toList();
    assertThat(decisions)
        .extracting(
            page ->
                String.valueOf(page.file().getFileName()).substring(0, 4)
                    + " / "
                    + page.title().split(" ", 2)[0])
        .isEqualTo(expected);

    String index = Repository.text("docs/decisions/README.md");
    List<String> listed =
        Markdown.rows(index).stream().map(row -> row.get(0) + ". " + row.get(1)).toList();
    assertThat(listed)
        .isEqualTo(
            decisions.stream()
                .map(
                    page ->
                        page.title().replaceFirst("^([0-9]+\\.) (.*)$", "$1 [$2](")
                            + page.file().getFileName()
                            + ")")
                .toList());
  }

  @Test
  void everyDependencyIsAccountedFor() {
    String page = Repository.text("docs/dependencies.md");
    Set<String> missing = new TreeSet<>();
    Pattern.compile("<([a-z0-9-]+)\\.version>([^<]+)</")
        .matcher(Repository.text("pom.xml"))
        .results()
        .filter(version -> !version.group(1).matches("(?!spotless).*-plugin|surefire"))
        .filter(version -> !page.contains(version.group(2)))
        .forEach(version -> missing.add(version.group(1) + " " + version.group(2)));
    Repository.text("packages.txt")
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> "`" + line.split(" ", 2)[1] + "`")
        .filter(name -> !page.contains(name))
        .forEach(missing::add);
    assertThat(missing).isEmpty();
  }
}
