package org.peerlet.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The classes of a start, ready to be mapped: the first player that ends well writes them, and each
 * later start is the faster for it. A Java maps only what the same build of Java wrote.
 */
final class ClassArchive {
  private final Path file;

  /**
   * @param folder of this version of the player
   * @param javaVersion the build of Java, {@code java.vm.version}
   */
  ClassArchive(Path folder, String javaVersion) {
    file = folder.resolve("classes-" + javaVersion.replaceAll("[^A-Za-z0-9.+-]", "_") + ".jsa");
  }

  /** The option for the player's JVM: read the archive, or write one into the scratch folder. */
  String option(Path scratch) {
    return Files.exists(file)
        ? "-XX:SharedArchiveFile=" + file
        : "-XX:ArchiveClassesAtExit=" + fresh(scratch);
  }

  /**
   * Takes over what a player wrote, if it did and that is possible. Two at once do no harm: one of
   * them stays.
   */
  void takeOver(Path scratch) {
    try {
      Files.move(fresh(scratch), file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException noneOrInUse) {
      return; // the next start is no faster than this one
    }
  }

  private static Path fresh(Path scratch) {
    return scratch.resolve("classes.jsa");
  }
}
