package org.peerlet.jnlp.publish;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.peerlet.bootstrap.Sha256;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * A folder that is being published. Every file is whole at any time: it is made under {@value #OWN}
 * and then moved. What is the same already is not written again. One thread, and one process: the
 * folder is locked until {@link #close}. Names are relative to the folder, with {@code /}.
 */
final class SiteFolder implements AutoCloseable {
  /** For the publisher alone: no server of ours serves it, and others may not read it. */
  static final String OWN = ".peerlet";

  private static final String NEW = OWN + "/new";
  private static final String PAGES = OWN + "/pages.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path root;
  private final FileChannel lock;
  private final Map<String, String> pageHashes;
  private final Set<String> written = new LinkedHashSet<>();
  private final List<String> leftAlone = new ArrayList<>();
  private int scratchFiles;

  private SiteFolder(Path root, FileChannel lock) throws IOException {
    this.root = root;
    this.lock = lock;
    this.pageHashes = readPageHashes(root.resolve(PAGES));
  }

  /**
   * Makes the folder where it is missing.
   *
   * @throws StreamException {@code INTERNAL} if another process publishes into it
   */
  static SiteFolder open(Path root) throws IOException, StreamException {
    Files.createDirectories(root);
    Path own = root.resolve(OWN);
    if (!Files.isDirectory(own)) {
      if (own.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var mine = PosixFilePermissions.fromString("rwx------");
        Files.createDirectory(own, PosixFilePermissions.asFileAttribute(mine));
      } else {
        Files.createDirectory(own);
      }
    }
    FileChannel lock =
        FileChannel.open(own.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    SiteFolder folder = null;
    try {
      if (lock.tryLock() == null) {
        throw new StreamException(
            Reason.INTERNAL, "Another publish works on this folder at the moment.");
      }
      folder = new SiteFolder(root, lock);
      folder.clearScratch();
      return folder;
    } finally {
      if (folder == null) {
        lock.close();
      }
    }
  }

  private static Map<String, String> readPageHashes(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    try {
      return JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {});
    } catch (IOException unreadable) {
      return new TreeMap<>(); // pages that differ are then taken for their owner's
    }
  }

  Path root() {
    return root;
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** What was written, replaced or removed, each once. */
  List<String> written() {
    return List.copyOf(written);
  }

  /** Pages that their owner changed, and that were not written for that. */
  List<String> leftAlone() {
    return List.copyOf(leftAlone);
  }

  /** A new file to make something in, on the same disk; {@link #adopt} takes it. */
  Path scratch(String ending) {
    return root.resolve(NEW).resolve(++scratchFiles + ending);
  }

  /** Puts what was made in a scratch file into its place. */
  void adopt(Path scratch, String name) throws IOException {
    Path target = path(name);
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.move(
        scratch, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (!name.startsWith(OWN)) {
      written.add(name);
    }
  }

  /** Writes a file that is nobody else's, unless it is the same already. */
  void data(String name, byte[] content) throws IOException {
    if (!holds(name, content)) {
      Path made = scratch(".data");
      Files.write(made, content);
      adopt(made, name);
    }
  }

  /** Notes something for the next run. */
  void note(String name, byte[] content) throws IOException {
    data(name, content);
  }

  /** As {@link #data}, for a page: what its owner made or changed is left as it is. */
  void page(String name, byte[] content) throws IOException {
    String hash = hash(content);
    if (holds(name, content)) {
      pageHashes.put(name, hash);
      return;
    }
    if (Files.exists(path(name))
        && !hash(Files.readAllBytes(path(name))).equals(pageHashes.get(name))) {
      leftAlone.add(name);
      return;
    }
    data(name, content);
    pageHashes.put(name, hash);
  }

  /** Deletes a file where it is there. */
  void remove(String name) throws IOException {
    if (Files.deleteIfExists(path(name)) && !name.startsWith(OWN)) {
      written.add(name);
    }
  }

  private boolean holds(String name, byte[] content) throws IOException {
    Path file = path(name);
    return Files.isRegularFile(file)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content);
  }

  private static String hash(byte[] content) {
    return Sha256.of(content);
  }

  private void clearScratch() throws IOException {
    Path folder = root.resolve(NEW);
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Notes which pages are ours, removes what was not finished, and lets others in. */
  @Override
  public void close() throws IOException {
    try {
      note(PAGES, JSON.writeValueAsBytes(pageHashes));
      clearScratch();
    } finally {
      lock.close();
    }
  }
}
