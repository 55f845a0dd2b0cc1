package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** threats.md T15: one line each, no escape bytes. */
class AccessLogTest {
  @TempDir private Path folder;

  @Test
  void writesTheCombinedFormat() throws IOException {
    Path log = folder.resolve("access.log");
    Files.writeString(folder.resolve("a.txt"), "hello");
    try (TrackerServer server = TrackerServer.open(Options.serving(folder).withAccessLog(log))) {
      RawHttp.get(server.origin(), "/a.txt?x=1", "User-Agent: te\"st\\", "Referer: http://a/");
      RawHttp.get(server.origin(), "/none");
      RawHttp.get(server.origin(), "/announce?info_hash=%0a%1b");
      await().until(() -> Files.readAllLines(log).size() == 3);
    }
    // A line is written after its answer is sent, so two may come in either order.
    List<String> lines =
        Files.readAllLines(log).stream()
            .sorted(Comparator.comparing(AccessLogTest::request))
            .toList();
    assertThat(lines.get(0))
        .matches(
            "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] "
                + "\"GET /a\\.txt\\?x=1 HTTP/1\\.1\" 200 5 \"http://a/\" \"te\\\\\"st\\\\\\\\\"");
    assertThat(lines.get(2)).contains("\"GET /none HTTP/1.1\" 404 ", " \"-\" \"-\"");
    assertThat(lines.get(1)).contains("\"GET /announce?info_hash=%0a%1b HTTP/1.1\" 200 ");
  }

  private static String request(String line) {
    return line.substring(line.indexOf('"'));
  }

  @Test
  void keepsEveryLineOneCleanLine() {
    StringBuilder hostile = new StringBuilder();
    for (char c = 0; c < 0x20; c++) {
      hostile.append(c).append('x');
    }
    for (int c :
        new int[] {
          0x7f, 0x85, 0x9b, 0x2028, 0x2029, 0x202e, 0x2066, 0x200f, 0xfeff, 0xe001, 0xd800
        }) {
      hostile.append((char) c).append("x");
    }
    hostile.append("\u001b]0;title\u0007\u001b[2J").append("y".repeat(100_000));
    String field = hostile.toString();
    String line = AccessLog.line(field, Instant.EPOCH, field, 200, 1, field, field);
    assertThat(line.strip().chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
    assertThat(line).hasSizeLessThan(5000).endsWith(System.lineSeparator());
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    Path log = Files.writeString(folder.resolve("access.log"), "before\n");
    try (TrackerServer server = TrackerServer.open(Options.serving(folder).withAccessLog(log))) {
      RawHttp.get(server.origin(), "/\u00e9\u00ff", "User-Agent: a\u009b31m");
      await().until(() -> Files.readString(log, UTF_8).lines().count() == 2);
    }
    assertThat(Files.readString(log, UTF_8)).startsWith("before\n").doesNotContain("\u009b");
  }
}
