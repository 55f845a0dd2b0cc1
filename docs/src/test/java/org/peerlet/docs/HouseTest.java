package org.peerlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no text file of the project holds. Patterns are written so that they don't match here. */
class HouseTest {
  private static final Set<String> MEDIA = Set.of("mp4", "mkv", "webm", "png", "jpg", "torrent");

  @Test
  void leavesNothingForLater() {
    assertNowhere("\\b(T[O]DO|F[I]XME|X[X]X)\\b");
  }

  @Test
  void isIndentedBySpaces() {
    assertNowhere("\t");
  }

  @Test
  void namesNoRegistryAndNoMirror() {
    assertNowhere("//(repo[0-9]*\\.maven|registry\\.npm|(deb|security|ftp)[.a-z]*\\.debian)");
  }

  @Test
  void namesNoFolderOfAnybodysMachine() {
    assertNowhere("(?<![\\w.>}~-])/(h[o]me|Us[e]rs)/[a-z]|(?<![\\w.>}~-])/r[o]ot/");
  }

  @Test
  void endsLinesLikeUnixAndFilesWithALine() throws IOException {
    List<String> odd = new ArrayList<>();
    for (Path file : textFiles()) {
      byte[] bytes = Files.readAllBytes(file);
      boolean carriageReturn =
          new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).contains("\r\n");
      if (carriageReturn || (bytes.length > 0 && bytes[bytes.length - 1] != '\n')) {
        odd.add(Repository.shown(file));
      }
    }
    assertThat(odd).isEmpty();
  }

  private static void assertNowhere(String regex) {
    Pattern unwanted = Pattern.compile(regex);
    List<String> found = new ArrayList<>();
    for (Path file : textFiles()) {
      int number = 0;
      for (String line : Repository.text(file).split("\n", -1)) {
        number++;
        if (unwanted.matcher(line).find()) {
          found.add(Repository.shown(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> textFiles() {
    return Repository.FILES.stream().filter(file -> !MEDIA.contains(ending(file))).toList();
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
