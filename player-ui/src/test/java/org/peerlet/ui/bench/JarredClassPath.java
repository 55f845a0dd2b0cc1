package org.peerlet.ui.bench;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** This program's class path with a jar in place of each folder: class archives know no folders. */
final class JarredClassPath {
  private JarredClassPath() {}

  /**
   * Makes the jars.
   *
   * @param folder where they are put
   * @return for {@code java -cp}
   */
  static String in(Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      entries.add(
          Files.isDirectory(path)
              ? jar(path, folder.resolve(entries.size() + ".jar")).toString()
              : entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      files
          .filter(Files::isRegularFile)
          .forEach(each -> add(entries, classes.relativize(each).toString(), each));
    }
    return jar;
  }

  private static void add(JarOutputStream entries, String name, Path content) {
    try {
      entries.putNextEntry(new JarEntry(name.replace(File.separatorChar, '/')));
      Files.copy(content, entries);
      entries.closeEntry();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
