package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /**
   * What the jar was made of, and its name; a name that is none of ours is none of our business.
   */
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64}) ([A-Za-z0-9_][A-Za-z0-9_.+-]*-[0-9a-f]{16}\\.jar)");

  private final Path folder;
  private final Path list;
  private final JarSigning signing;

  /** What each jar was made of, as a hash, by its name; those of earlier runs as well. */
  private final Map<String, String> sources = new ConcurrentSkipListMap<>();

  private final Set<String> used = new ConcurrentSkipListSet<>();

  SignedFolder(Path folder, JarSigning signing) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.list = folder.resolve(LIST);
    this.signing = signing;
    this.sources.putAll(listed(folder));
  }

  /** What each jar of a folder's list was made of, by its name; none where there is no list. */
  static Map<String, String> listed(Path folder) throws IOException {
    Map<String, String> listed = new TreeMap<>();
    Path list = folder.resolve(LIST);
    if (Files.exists(list)) {
      for (String line : Files.readAllLines(list)) {
        Matcher words = LINE.matcher(line);
        if (words.matches()) {
          listed.put(words.group(2), words.group(1));
        }
      }
    }
    return listed;
  }

  /**
   * The signed jar's file in the folder. On any thread.
   *
   * @param stem how its name begins
   * @throws IOException when it can't be signed or written
   */
  Path add(String stem, CleanJar jar) throws IOException {
    String source = signing.identity(jar);
    for (Map.Entry<String, String> known : sources.entrySet()) {
      if (known.getValue().equals(source) && isWhole(known.getKey())) {
        used.add(known.getKey());
        return folder.resolve(known.getKey());
      }
    }
    byte[] signed = signing.sign(jar);
    String name = stem + "-" + digits(Sha256.of(signed)) + ".jar";
    // Before the jar: what a stopped run leaves is then known to the next.
    Files.writeString(
        list, source + " " + name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    sources.put(name, source);
    used.add(name);
    write(folder.resolve(name), signed);
    return folder.resolve(name);
  }

  private boolean isWhole(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file) && name.endsWith("-" + digits(Sha256.of(file)) + ".jar");
  }

  private static String digits(String sha256) {
    return sha256.substring(0, NAME_DIGITS);
  }

  /**
   * Removes the jars of the list that are not in use any more; last of all. Others are of whoever
   * put them there.
   */
  void removeUnused() throws IOException {
    for (String name : sources.keySet()) {
      if (!used.contains(name)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
    if (sources.keySet().retainAll(used)) {
      StringBuilder text = new StringBuilder();
      sources.forEach((name, source) -> text.append(source + " " + name + "\n"));
      write(list, text.toString().getBytes(StandardCharsets.UTF_8));
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
