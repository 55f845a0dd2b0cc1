package org.peerlet.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to a real nginx and to our origin: same status, headers and bytes. */
class NginxComparisonIT {
  private static final String DATE = "Fri, 02 Jan 2026 03:04:05 GMT";
  private static final List<String> TARGETS =
      List.of("/clip.mp4", "/one.mp4", "/empty.mp4", "/none");

  @TempDir private static Path folder;
  private static Nginx nginx;
  private static TrackerServer server;

  @BeforeAll
  static void open() throws IOException {
    Path site = Files.createDirectories(folder.resolve("site"));
    byte[] clip = new byte[100_000];
    new Random(3).nextBytes(clip);
    Files.write(site.resolve("clip.mp4"), clip);
    Files.write(site.resolve("one.mp4"), new byte[] {42});
    Files.write(site.resolve("empty.mp4"), new byte[0]);
    for (String name : List.of("clip.mp4", "one.mp4", "empty.mp4")) {
      Files.setLastModifiedTime(
          site.resolve(name), FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    }
    nginx = Nginx.open(site, Files.createDirectories(folder.resolve("work")));
    server = TrackerServer.open(Options.serving(site));
  }

  @AfterAll
  static void close() {
    server.close();
    nginx.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-0",
        "bytes=0-",
        "bytes=0-9",
        "bytes=1-1",
        "bytes=99999-",
        "bytes=99999-99999",
        "bytes=99999-100000",
        "bytes=100000-",
        "bytes=100000-100001",
        "bytes=0-99999",
        "bytes=0-100000",
        "bytes=-1",
        "bytes=-0",
        "bytes=-99999",
        "bytes=-100000",
        "bytes=-100001",
        "bytes=-",
        "bytes=--1",
        "bytes=5-2",
        "bytes=1",
        "bytes=",
        "bytes",
        "bytes=a",
        "bytes=1-a",
        "bytes=1a-2",
        "bytes=+1-2",
        "bytes= 1-2",
        "bytes=1 -2",
        "bytes=1- 2",
        "bytes=1-2 ",
        "bytes= -5",
        "bytes=- 5",
        "bytes =1-2",
        "bytes=1-2,",
        "bytes=,1-2",
        "bytes=1-2,5-6",
        "bytes=0-0,-1",
        "bytes=1-2,200000-",
        "bytes=200000-,1-2",
        "bytes=200000-,300000-",
        "bytes=1-2,x",
        "bytes=1-2, ,3-4",
        "bytes=0-,0-",
        "bytes=1-2 , 200000-",
        "bytes=9223372036854775807-",
        "bytes=0-9223372036854775807",
        "bytes=0-9223372036854775808",
        "bytes=9223372036854775808-",
        "bytes=-9223372036854775807",
        "bytes=-99999999999999999999",
        "bytes=00000000000000000000001-2",
        "BYTES=1-2",
        "Bytes=1-2",
        "items=1-2",
        "bytes=1-2;",
        "bytes=\t1-2",
        "bytes=0x1-2",
        "bytes=1_0-20",
        "bytes:1-2",
        "1-2",
        "-"
      })
  void agreesOnRanges(String range) throws IOException {
    for (String target : TARGETS) {
      compare("GET", target, "Range: " + range);
      compare("HEAD", target, "Range: " + range);
    }
  }

  @Test
  void agreesOnRandomRanges() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      StringBuilder range = new StringBuilder("bytes=");
      for (int length = 1 + random.nextInt(8); length > 0; length--) {
        range.append("0123456789--, x".charAt(random.nextInt(15)));
      }
      try {
        compare("GET", "/clip.mp4", "Range: " + range);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + range, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-Modified-Since: " + DATE,
        "If-Modified-Since: Fri, 02 Jan 2026 03:04:04 GMT",
        "If-Modified-Since: Fri, 02 Jan 2026 03:04:06 GMT",
        "If-Modified-Since: Friday, 02-Jan-26 03:04:05 GMT",
        "If-Modified-Since: Fri Jan  2 03:04:05 2026",
        "If-Unmodified-Since: " + DATE,
        "If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT",
        "If-None-Match: *",
        "If-None-Match: \"x\"",
        "If-None-Match: ETAG",
        "If-None-Match: W/ETAG",
        "If-None-Match: \"x\", ETAG",
        "If-None-Match: \"x\",W/ETAG",
        "If-Match: *",
        "If-Match: \"x\"",
        "If-Match: ETAG",
        "If-Match: W/ETAG",
        "If-Match: \"x\", ETAG",
        "If-Range: ETAG",
        "If-Range: W/ETAG",
        "If-Range: \"x\"",
        "If-Range: " + DATE,
        "If-Range: Fri, 02 Jan 2026 03:04:04 GMT",
        "If-Range: Fri, 02 Jan 2026 03:04:06 GMT",
        "If-Range: Friday, 02-Jan-26 03:04:05 GMT",
        "If-Range: x",
      })
  void agreesOnConditions(String condition) throws IOException {
    for (String method : List.of("GET", "HEAD")) {
      compare(method, "/clip.mp4", condition);
      compare(method, "/clip.mp4", condition, "Range: bytes=10-19");
      compare(method, "/clip.mp4", condition, "Range: bytes=100000-");
    }
  }

  /** Each server is asked with its own ETag where a header says ETAG. */
  private static void compare(String method, String target, String... headers) throws IOException {
    List<Object> theirs = essence(nginx.origin(), method, target, headers);
    List<Object> ours = essence(server.origin(), method, target, headers);
    assertThat(ours).as("%s %s %s", method, target, Arrays.toString(headers)).isEqualTo(theirs);
  }

  private static List<Object> essence(URI origin, String method, String target, String... headers)
      throws IOException {
    String etag = RawHttp.send(origin, "HEAD", target).header("etag");
    String[] own =
        Arrays.stream(headers).map(each -> each.replace("ETAG", etag)).toArray(String[]::new);
    RawHttp.Answer answer = RawHttp.send(origin, method, target, own);
    List<Object> essence = new ArrayList<>();
    essence.add(answer.status());
    essence.add(answer.header("content-range"));
    if (answer.status() < 300) {
      essence.add(answer.header("content-length"));
      essence.add(answer.header("content-type").equals("video/mp4"));
      essence.add(Arrays.hashCode(answer.body()));
    }
    if (answer.status() < 400) {
      essence.add(answer.header("last-modified"));
      essence.add(answer.header("etag").equals(etag));
    }
    return essence;
  }
}
