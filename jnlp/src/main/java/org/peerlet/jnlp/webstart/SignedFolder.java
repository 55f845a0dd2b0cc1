package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.peerlet.bootstrap.Sha256;

/**
 * The site's folder of signed jars. A name carries the hash of the content, so that servers and
 * browsers may keep a file for ever. A list beside the jars says what each was made of, and what is
 * there is not made again: each signature says when it was made, so it would be another file.
 */
final class SignedFolder {
  private static final String LIST = "made-from.txt";

  /** 64 bits: no accident, and short enough for a name. The bootstrap compares all of it. */
  private static final int NAME_DIGITS = 16;

  private final Path folder;
  private final JarSigning signing;

  /** Names by the hash of what they were made of. */
  private final Map<String, String> made = new ConcurrentSkipListMap<>();

  private final Set<String> used = new ConcurrentSkipListSet<>();

  SignedFolder(Path folder, JarSigning signing) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.signing = signing;
    if (Files.exists(folder.resolve(LIST))) {
      for (String line : Files.readAllLines(folder.resolve(LIST))) {
        String[] words = line.split(" ", -1);
        if (words.length == 2) {
          made.put(words[0], words[1]);
        }
      }
    }
  }

  /**
   * The signed jar's file in the folder. On any thread.
   *
   * @param stem how its name begins
   * @throws IOException when it can't be signed or written
   */
  Path add(String stem, CleanJar jar) throws IOException {
    String source = signing.identity(jar);
    String known = made.get(source);
    if (known != null && isWhole(known)) {
      used.add(source);
      return folder.resolve(known);
    }
    byte[] signed = signing.sign(jar, folder);
    String name = stem + "-" + digits(Sha256.of(signed)) + ".jar";
    write(folder.resolve(name), signed);
    made.put(source, name);
    used.add(source);
    return folder.resolve(name);
  }

  private boolean isWhole(String name) throws IOException {
    Path file = folder.resolve(name);
    return name.endsWith(".jar")
        && Files.isRegularFile(file)
        && name.endsWith("-" + digits(Sha256.of(file)) + ".jar");
  }

  private static String digits(String sha256) {
    return sha256.substring(0, NAME_DIGITS);
  }

  /** Writes the list, when all jars are there. */
  void finish() throws IOException {
    made.keySet().retainAll(used);
    StringBuilder text = new StringBuilder();
    made.forEach((source, name) -> text.append(source).append(' ').append(name).append('\n'));
    byte[] list = text.toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(LIST);
    if (!Files.exists(file) || !java.util.Arrays.equals(Files.readAllBytes(file), list)) {
      write(file, list);
    }
  }

  /** Removes the jars that are not in use any more; last of all. */
  void removeUnused() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(name -> name.toString().endsWith(".jar")).toList()) {
        if (!made.containsValue(String.valueOf(each.getFileName()))) {
          Files.delete(each);
        }
      }
    }
  }

  private void write(Path target, byte[] content) throws IOException {
    Path fresh = Files.createTempFile(folder, "fresh", ".tmp");
    try {
      Files.write(fresh, content);
      readableForAll(fresh); // a temporary file is not, and a web server reads it as another user
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void readableForAll(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
