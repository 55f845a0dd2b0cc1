package org.peerlet.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir private Path folder;

  private final Map<String, byte[]> site = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();

  private final Progress progress =
      new Progress() {
        @Override
        public void fetched(long bytes, long totalBytes) {
          shown.add(bytes + "/" + totalBytes);
        }

        @Override
        public void starting() {}

        @Override
        public void close() {}
      };

  @Test
  void fetchesWhatThePlatformNeedsOnce() throws Exception {
    PlayerFolder player = player(publish("a.jar", "aaa"), publish("b.jar", "bb"));
    List<Path> classPath = fill(player);
    assertThat(classPath)
        .containsExactly(player.path().resolve("a.jar"), player.path().resolve("b.jar"));
    assertThat(content(classPath.get(0))).isEqualTo("aaa");
    assertThat(asked).containsExactly("a.jar", "b.jar");
    long first = Objects.requireNonNull(site.get("a.jar")).length;
    long all = first + Objects.requireNonNull(site.get("b.jar")).length;
    assertThat(shown).containsExactly(first + "/" + all, all + "/" + all);

    asked.clear();
    assertThat(fill(player)).isEqualTo(classPath);
    assertThat(asked).isEmpty();
  }

  @Test
  void isTheUsersAlone() throws Exception {
    Path root = Files.createDirectory(folder.resolve("player"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    PlayerFolder player = player(publish("a.jar", "aaa"));
    fill(player);
    for (Path each : List.of(root, player.path())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void mendsWhatWasChangedOnThisMachine() throws Exception {
    PlayerFolder player = player(publish("a.jar", "aaa"), publish("b.jar", "bb"));
    Path jar = fill(player).get(0);
    byte[] changed = Files.readAllBytes(jar);
    changed[changed.length - 1] ^= 1;
    Files.write(jar, changed);
    asked.clear();
    fill(player);
    assertThat(content(jar)).isEqualTo("aaa");
    assertThat(asked).containsExactly("a.jar");
  }

  @Test
  void doesNotFollowALinkToAnothersJar() throws Exception {
    PlayerFolder player = player(publish("a.jar", "aaa"));
    Path jar = fill(player).get(0);
    Path elsewhere = Files.move(jar, folder.resolve("elsewhere"));
    Files.createSymbolicLink(jar, elsewhere);
    fill(player);
    assertThat(jar).isRegularFile().matches(file -> !Files.isSymbolicLink(file));
  }

  @Test
  void refusesAJarThatDiffersInAnyByte() throws Exception {
    PlayerFolder player = player(publish("a.jar", "published"));
    byte[] published = Objects.requireNonNull(site.get("a.jar")).clone();
    for (int position = 0; position < published.length; position++) {
      byte[] changed = published.clone();
      changed[position] ^= 1;
      site.put("a.jar", changed);
      assertRefused(player, "jar.changed");
    }
    site.put("a.jar", Arrays.copyOf(published, published.length + 1));
    assertRefused(player, "jar.changed");
    site.put("a.jar", Arrays.copyOf(published, published.length - 1));
    assertRefused(player, "jar.changed");
    try (var left = Files.list(player.path())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void saysThatAJarIsNotThere() {
    PlayerFolder player = player(publish("a.jar", "aaa"));
    site.clear();
    assertRefused(player, "jar.fetch");
  }

  @Test
  void saysThatAJarBreaksOffOnItsWay() {
    PlayerFolder player = player(publish("a.jar", "aaa"));
    assertRefused(player, jar -> new CutOff(), "jar.fetch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"signed*.tmp", "jar*.tmp"})
  void saysThatTheDiskIsFull(String file) throws IOException {
    PlayerFolder player = player(publish("a.jar", "aaa"));
    assertRefused(
        player,
        jar -> {
          try (var waiting = Files.newDirectoryStream(player.path(), file)) {
            for (Path each : waiting) {
              Files.delete(each);
              Files.createSymbolicLink(each, Path.of("/dev/full"));
            }
          }
          return open(jar);
        },
        "folder");
  }

  @Test
  void saysThatTheFolderCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("player"), "a file");
    assertRefused(player(publish("a.jar", "aaa")), "folder");
  }

  @Test
  void removesWhatWasNotUsedForTwoWeeks() throws Exception {
    PlayerFolder old = player(publish("a.jar", "old"));
    fill(old);
    old.tidy(NOW.minus(Duration.ofDays(14)));
    PlayerFolder fresh = player(publish("a.jar", "new"));
    fill(fresh);
    fresh.tidy(NOW);
    assertThat(old.path()).exists();
    fresh.tidy(NOW.plusSeconds(1));
    assertThat(old.path()).doesNotExist();
    assertThat(fresh.path()).exists();
  }

  /** A body whose connection breaks. */
  private static final class CutOff extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException("connection reset");
    }
  }

  private PlayerJar publish(String name, String content) {
    try {
      byte[] bytes = jar(content);
      site.put(name, bytes);
      Path signed = Files.write(folder.resolve("signed"), bytes);
      Path unsigned = folder.resolve("unsigned");
      UnsignedJar.write(signed, unsigned);
      return new PlayerJar(
          name, bytes.length, Sha256.of(bytes), Sha256.of(unsigned), Optional.empty());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** One entry, and what stands for a signature. */
  private static byte[] jar(String content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : List.of("META-INF/X.SF", "content")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static String content(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("content");
      return new String(zip.getInputStream(zip.getEntry("content")).readAllBytes(), UTF_8);
    }
  }

  private PlayerFolder player(PlayerJar... jars) {
    return new PlayerFolder(
        folder.resolve("player"),
        new PlayerJars(URI.create("https://example.org/"), List.of(jars)));
  }

  private List<Path> fill(PlayerFolder player) throws CannotStartException {
    return player.fill(Platform.LINUX_X86_64, this::open, progress);
  }

  private InputStream open(PlayerJar jar) throws IOException {
    asked.add(jar.name());
    byte[] bytes = site.get(jar.name());
    if (bytes == null) {
      throw new FileNotFoundException(jar.name());
    }
    return new ByteArrayInputStream(bytes);
  }

  private void assertRefused(PlayerFolder player, String key) {
    assertRefused(player, this::open, key);
  }

  private void assertRefused(PlayerFolder player, PlayerFolder.Source source, String key) {
    assertThatThrownBy(() -> player.fill(Platform.LINUX_X86_64, source, progress))
        .isInstanceOfSatisfying(
            CannotStartException.class, refused -> assertThat(refused.key()).isEqualTo(key));
  }
}
