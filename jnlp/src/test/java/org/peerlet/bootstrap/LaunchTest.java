package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a player of no jars, and a shell script for Java. */
@Timeout(60)
class LaunchTest {
  private static final URI SITE = URI.create("https://example.org/");

  @TempDir private Path folder;

  private final PlayerJars jars = new PlayerJars(SITE, List.of());

  @Test
  void keepsTheArchiveOfAGoodEndAndNothingElse() throws Exception {
    assertThat(launch(java("exit 0"), () -> {})).isZero();
    try (var left = Files.walk(root()).filter(Files::isRegularFile)) {
      assertThat(left).singleElement().asString().endsWith(".jsa");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rm -r ../%s", "rm -r \"$PWD\"; : %s"})
  void aGoodEndStaysOneWhateverCannotBeTidied(String behaviour) throws Exception {
    Path java = java(behaviour.formatted(jars.version()));
    assertThat(launch(java, () -> {})).isZero();
  }

  @Test
  void saysThatThereIsNoRoomForAStart() throws IOException {
    assertRefused(
        "folder",
        java("exit 0"),
        () -> {
          try {
            Files.move(root(), folder.resolve("elsewhere"));
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        });
  }

  @Test
  void saysThatThereIsNoJava() {
    assertRefused("java", folder.resolve("nothing"), () -> {});
  }

  private Path root() {
    return folder.resolve("player");
  }

  /** A Java home whose program writes the archive that it is asked for, and does what is wanted. */
  private Path java(String behaviour) throws IOException {
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for each; do
          case "$each" in *AtExit=*) echo classes >"${each#*=}" ;; esac
        done
        %s
        """
            .formatted(behaviour));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder.resolve("java");
  }

  private int launch(Path javaHome, Runnable atStart)
      throws CannotStartException, InterruptedException {
    Progress progress =
        new Progress() {
          @Override
          public void fetched(long bytes, long totalBytes) {}

          @Override
          public void starting() {
            atStart.run();
          }

          @Override
          public void close() {}
        };
    PlayerFolder.Source nothing =
        jar -> {
          throw new FileNotFoundException(jar.name());
        };
    LaunchUrl url = new LaunchUrl(SITE.resolve("clip.json"));
    return new Launch(jars, root(), nothing, javaHome, progress)
        .run(url, Platform.LINUX_X86_64, Instant.parse("2026-11-26T12:00:00Z"));
  }

  private void assertRefused(String key, Path javaHome, Runnable atStart) {
    assertThatThrownBy(() -> launch(javaHome, atStart))
        .isInstanceOfSatisfying(
            CannotStartException.class, refused -> assertThat(refused.key()).isEqualTo(key));
  }
}
