package org.peerlet.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;

/** Two players, two processes, one clip (threats.md F23, F26). */
final class CacheFolderIT {
  private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path temp;

  /** Another player: takes the clip's folder, says where it is, and leaves when its input ends. */
  static final class OtherPlayer {
    private OtherPlayer() {}

    public static void main(String[] arguments) throws IOException, StreamException {
      try (ClipFolder clip = CacheFolder.open(Path.of(arguments[0])).take(HASH)) {
        Files.writeString(clip.path().resolve("0"), "other");
        System.out.println(clip.path().getFileName());
        while (System.in.read() >= 0) {
          // Until the test has seen enough.
        }
      }
    }
  }

  @Test
  void leavesAFolderToThePlayerThatHoldsIt() throws Exception {
    Process other = start();
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo(HASH);
      try (ClipFolder ours = CacheFolder.open(temp).take(HASH)) {
        assertThat(ours.path().getFileName()).hasToString(HASH + "-1");
        assertThat(temp.resolve(HASH).resolve("0")).hasContent("other");
      }
      other.outputWriter().close();
      assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(temp).isEmptyDirectory();
    } finally {
      other.destroyForcibly();
    }
  }

  /** POSIX drops our lock if we as much as open and close the lock file a second time. */
  @Test
  void holdsItsFolderThoughItTookASecondOne() throws Exception {
    CacheFolder cache = CacheFolder.open(temp);
    try (ClipFolder first = cache.take(HASH);
        ClipFolder second = cache.take(HASH)) {
      Files.writeString(first.path().resolve("0"), "first");
      Files.writeString(second.path().resolve("0"), "second");
      Process other = start();
      try (BufferedReader out = other.inputReader()) {
        assertThat(out.readLine()).isEqualTo(HASH + "-2");
        assertThat(first.path().resolve("0")).hasContent("first");
        assertThat(second.path().resolve("0")).hasContent("second");
      } finally {
        other.destroyForcibly();
      }
    }
  }

  @Test
  void takesAndClearsTheFolderOfAKilledPlayer() throws Exception {
    Process other = start();
    try (BufferedReader out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo(HASH);
    } finally {
      other.destroyForcibly();
    }
    assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(temp.resolve(HASH).resolve("0")).hasContent("other");
    try (ClipFolder ours = CacheFolder.open(temp).take(HASH)) {
      assertThat(ours.path().getFileName()).hasToString(HASH);
      assertThat(ours.path()).isEmptyDirectory();
    }
  }

  @Test
  void clearsTheFolderOfAKilledSecondPlayer() throws Exception {
    Process first = start();
    try (BufferedReader firstOut = first.inputReader()) {
      assertThat(firstOut.readLine()).isEqualTo(HASH);
      Process second = start();
      try (BufferedReader out = second.inputReader()) {
        assertThat(out.readLine()).isEqualTo(HASH + "-1");
      } finally {
        second.destroyForcibly();
      }
      assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
      first.outputWriter().close();
      assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      first.destroyForcibly();
    }
    assertThat(temp.resolve(HASH + "-1").resolve("0")).hasContent("other");
    CacheFolder.open(temp).take(HASH).close();
    assertThat(temp).isEmptyDirectory();
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherPlayer.class.getName(),
            temp.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
