package org.peerlet.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars on this machine, a folder for each version, which is the user's alone (threats.md T17).
 * A plain class path checks no signatures, so every jar is checked against the signed list each
 * time before it is used: as it comes, signed, and then as it is kept, unsigned.
 */
final class PlayerFolder {
  /** Two sites may use two versions in turn; what was not used for so long is removed. */
  private static final Duration KEEP_UNUSED = Duration.ofDays(14);

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;
  private final PlayerJars jars;

  /** Where a jar comes from when it is not there yet. */
  interface Source {
    InputStream open(PlayerJar jar) throws IOException;
  }

  /**
   * @param root of all versions; made when filled
   */
  PlayerFolder(Path root, PlayerJars jars) {
    this.root = root;
    this.jars = jars;
  }

  /** The folder of this version. */
  Path path() {
    return root.resolve(jars.version());
  }

  /**
   * Lets the folder hold what the platform needs, and nothing that differs from the list.
   *
   * @return the class path
   * @throws CannotStartException {@code jar.changed}, {@code jar.fetch} or {@code folder}
   */
  List<Path> fill(Platform platform, Source source, Progress progress) throws CannotStartException {
    List<PlayerJar> needed = jars.of(platform);
    List<Path> files = new ArrayList<>();
    List<PlayerJar> missing = new ArrayList<>();
    try {
      makePrivate(root);
      makePrivate(path());
      for (PlayerJar jar : needed) {
        Path file = path().resolve(jar.name());
        files.add(file);
        if (!isRight(file, jar)) {
          missing.add(jar);
        }
      }
    } catch (IOException unwritable) {
      throw new CannotStartException("folder", root);
    }
    long total = missing.stream().mapToLong(PlayerJar::bytes).sum();
    long done = 0;
    for (PlayerJar jar : missing) {
      fetch(jar, source, new Counted(progress, done, total));
      done += jar.bytes();
    }
    return files;
  }

  /** Progress of one jar among all that are fetched. */
  private record Counted(Progress progress, long before, long total) {
    void bytes(long ofThis) {
      progress.fetched(before + ofThis, total);
    }
  }

  private static boolean isRight(Path file, PlayerJar jar) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Sha256.of(file).equals(jar.unsignedSha256());
  }

  private void fetch(PlayerJar jar, Source source, Counted counted) throws CannotStartException {
    Path signed;
    Path fresh;
    try {
      signed = Files.createTempFile(path(), "signed", ".tmp");
      fresh = Files.createTempFile(path(), "jar", ".tmp");
    } catch (IOException unwritable) {
      throw new CannotStartException("folder", root);
    }
    try {
      boolean asPublished = copy(jar, source, signed, counted).equals(jar.sha256());
      if (asPublished) {
        UnsignedJar.write(signed, fresh);
      }
      if (!asPublished || !isRight(fresh, jar)) {
        throw new CannotStartException("jar.changed", jar.name(), jars.site().getHost());
      }
      Files.move(
          fresh,
          path().resolve(jar.name()),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new CannotStartException("folder", root);
    } finally {
      deleteQuietly(signed);
      deleteQuietly(fresh);
    }
  }

  /**
   * Copies no more than one byte beyond the length that the list says.
   *
   * @throws IOException when the target can't be written
   */
  private String copy(PlayerJar jar, Source source, Path target, Counted counted)
      throws IOException, CannotStartException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long copied = 0;
    try (Published in = new Published(jar, source);
        OutputStream out = Files.newOutputStream(target)) {
      for (int count; copied <= jar.bytes() && (count = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, count);
        out.write(buffer, 0, count);
        copied += count;
        counted.bytes(Math.min(copied, jar.bytes()));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A jar at its site: what breaks there is no fault of the folder that it goes to. */
  private final class Published implements AutoCloseable {
    private final PlayerJar jar;
    private final InputStream in;

    Published(PlayerJar jar, Source source) throws CannotStartException {
      this.jar = jar;
      try {
        in = source.open(jar);
      } catch (IOException unreachable) {
        throw broken();
      }
    }

    int read(byte[] buffer) throws CannotStartException {
      try {
        return in.read(buffer);
      } catch (IOException cutOff) {
        throw broken();
      }
    }

    private CannotStartException broken() {
      return new CannotStartException("jar.fetch", jar.name(), jars.site().getHost());
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException late) {
        return; // what came is judged by its hash
      }
    }
  }

  /** Notes that this version is used now, and removes those that were not for long. */
  void tidy(Instant now) {
    try (Stream<Path> versions = Files.list(root)) {
      Files.setLastModifiedTime(path(), FileTime.from(now));
      for (Path version : versions.filter(Files::isDirectory).toList()) {
        Instant used = Files.getLastModifiedTime(version).toInstant();
        if (used.isBefore(now.minus(KEEP_UNUSED))) {
          deleteTree(version);
        }
      }
    } catch (IOException inUse) {
      // The next start tries again; nothing that plays depends on it.
      return;
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    Files.createDirectories(folder);
    var view =
        Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) { // on Windows the user's own folders are private by what they inherit
      view.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException inUse) {
      return; // a temporary file in the folder that is tidied later
    }
  }
}
