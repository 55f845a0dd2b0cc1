package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerCommandTest {
  private static final LaunchUrl URL = new LaunchUrl(URI.create("https://example.org/a/clip.json"));

  @TempDir private Path folder;

  @Test
  void startsThePlayerWithOneUrlAndAStateFile() {
    PlayerCommand command =
        new PlayerCommand(Path.of("/java"), List.of(Path.of("/a.jar"), Path.of("/b.jar")), folder);
    ProcessBuilder process = command.process(URL, "-XX:SharedArchiveFile=/c.jsa", 1234);
    assertThat(process.command())
        .startsWith("/java/bin/java", "-XX:+UseSerialGC")
        .contains("-XX:SharedArchiveFile=/c.jsa", "-Djava.io.tmpdir=" + folder)
        .containsSubsequence("-cp", "/a.jar" + File.pathSeparator + "/b.jar")
        .endsWith(
            "org.peerlet.ui.cli.Peerlet",
            "launch",
            "https://example.org/a/clip.json",
            "--state-file",
            folder.resolve("state.json").toString());
    assertThat(process.environment()).containsEntry("TMPDIR", folder.toString());
    assertThat(process.environment()).containsKey("PEERLET_ASKED_MILLIS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"player.sh", "zip/peerlet.bat"})
  void aStartScriptGivesTheSameJvm(String script) throws Exception {
    PlayerCommand command = new PlayerCommand(Path.of("/java"), List.of(Path.of("/a.jar")), folder);
    List<String> flags =
        command.process(URL, "-XX:SharedArchiveFile=/c.jsa", 1234).command().stream()
            .filter(word -> word.startsWith("-X"))
            .filter(word -> !word.contains("File="))
            .toList();
    assertThat(flags).hasSizeGreaterThan(4);
    Path scripts = Path.of("..", "player-ui", "src", "main", "packaging");
    assertThat(Files.readString(scripts.resolve(script))).contains(flags);
  }

  @Test
  void theFirstGoodEndWritesTheArchiveOfThisJava() throws Exception {
    ClassArchive archive = new ClassArchive(folder, "17.0.1+2/x");
    Path scratch = Files.createDirectory(folder.resolve("run"));
    assertThat(archive.option(scratch)).startsWith("-XX:ArchiveClassesAtExit=" + scratch);
    archive.takeOver(scratch); // it wrote none
    Files.writeString(scratch.resolve("classes.jsa"), "classes");
    archive.takeOver(scratch);
    assertThat(archive.option(scratch))
        .isEqualTo("-XX:SharedArchiveFile=" + folder.resolve("classes-17.0.1+2_x.jsa"));
    assertThat(new ClassArchive(folder, "21").option(scratch)).contains("AtExit");
  }

  @Test
  void theCacheIsThePlayersOwn() {
    assertThat(UserCache.of(Map.of("HOME", "/h"), "Linux", "/u"))
        .isEqualTo(Path.of("/h/.cache/peerlet"));
    assertThat(UserCache.of(Map.of("XDG_CACHE_HOME", "relative"), "Linux", "/u"))
        .isEqualTo(Path.of("/u/.cache/peerlet"));
    assertThat(UserCache.of(Map.of("XDG_CACHE_HOME", "/x"), "Linux", "/u"))
        .isEqualTo(Path.of("/x/peerlet"));
    assertThat(UserCache.of(Map.of(), "Mac OS X", "/u"))
        .isEqualTo(Path.of("/u/Library/Caches/Peerlet"));
    assertThat(UserCache.of(Map.of("LOCALAPPDATA", "/l"), "Windows 11", "/u"))
        .isEqualTo(Path.of("/l/Peerlet/Cache"));
  }
}
