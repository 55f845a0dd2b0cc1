package org.peerlet.ui.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/**
 * A Java home whose {@code java} notes how it was started and does what a test wants. It notes its
 * arguments, one start a line, a bar behind each argument.
 */
final class FakeJava {
  private static final Path PACKAGING =
      Path.of(System.getProperty("basedir", "")).resolve("src/main/packaging").toAbsolutePath();

  private final Path home;

  private FakeJava(Path home) {
    this.home = home;
  }

  /**
   * Makes it.
   *
   * @param behaviour what it does, in bash; {@code $starts} is how often it was started, {@code
   *     $state} the file that {@code --state-file} names, {@code $archive} the one that classes are
   *     to be written to
   */
  static FakeJava make(Path home, String behaviour) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path java = bin.resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/bash
        printf '%%s|' "$@" >>'%1$s'
        echo >>'%1$s'
        starts="$(wc -l <'%1$s')"
        state=""
        archive=""
        previous=""
        for argument in "$@"; do
          [ "$previous" != --state-file ] || state="$argument"
          previous="$argument"
          case "$argument" in -XX:ArchiveClassesAtExit=*) archive="${argument#*=}" ;; esac
        done
        %2$s
        """
            .formatted(home.resolve("starts"), behaviour));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new FakeJava(home);
  }

  Path home() {
    return home;
  }

  /** The start script of a package whose runtime is this one. */
  Path install(Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("runtime"), home);
    Files.writeString(folder.resolve("build-id"), "0123456789abcdef\n");
    for (String script : List.of("player.sh", "peerlet")) {
      Files.copy(PACKAGING.resolve(script), folder.resolve(script));
    }
    return folder.resolve("peerlet");
  }

  /** The arguments of each start so far. */
  List<List<String>> starts() throws IOException {
    Path notes = home.resolve("starts");
    return Files.exists(notes)
        ? Files.readAllLines(notes).stream()
            .map(line -> Arrays.asList(line.split("\\|", -1)))
            .map(arguments -> arguments.subList(0, arguments.size() - 1))
            .toList()
        : List.of();
  }
}
