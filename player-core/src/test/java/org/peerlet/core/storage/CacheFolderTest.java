package org.peerlet.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

final class CacheFolderTest {
  private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path temp;

  @Test
  void isForTheUserAlone() throws Exception {
    CacheFolder cache = CacheFolder.open(temp.resolve("a/b/cache"));
    try (ClipFolder clip = cache.take(HASH)) {
      for (Path folder :
          new Path[] {temp.resolve("a"), cache.path(), clip.path(), cache.subfolder("native")}) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
            .as("%s", folder)
            .isEqualTo("rwx------");
      }
    }
  }

  @Test
  void keepsAClipToItselfInAFolderThatOthersMayRead() throws Exception {
    Path shared = Files.createDirectory(temp.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (ClipFolder clip = CacheFolder.open(shared).take(HASH)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(clip.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void givesTwoPlayersInOneProcessFoldersOfTheirOwn() throws Exception {
    ClipFolder first = CacheFolder.open(temp).take(HASH);
    Files.writeString(first.path().resolve("0"), "first");
    // Another way to the same folder.
    CacheFolder sameCache = CacheFolder.open(temp.resolve("x/..").normalize());
    ClipFolder second = sameCache.take(HASH);
    ClipFolder third = sameCache.take(HASH);
    assertThat(first.path().getFileName()).hasToString(HASH);
    assertThat(second.path().getFileName()).hasToString(HASH + "-1");
    assertThat(third.path().getFileName()).hasToString(HASH + "-2");
    assertThat(first.path().resolve("0")).hasContent("first");
    second.close();
    assertThat(first.path().resolve("0")).hasContent("first");
    first.close();
    try (ClipFolder again = sameCache.take(HASH)) {
      assertThat(again.path()).isEqualTo(first.path()).isEmptyDirectory();
    }
    third.close();
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void knowsAFolderBehindALink() throws Exception {
    Path real = Files.createDirectory(temp.resolve("real"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);
    try (ClipFolder first = CacheFolder.open(real).take(HASH);
        ClipFolder second = CacheFolder.open(link).take(HASH)) {
      assertThat(second.path()).isNotEqualTo(first.path());
    }
  }

  @Test
  void clearsWhatAKilledPlayerLeft() throws Exception {
    Path left = Files.createDirectories(temp.resolve(HASH).resolve("deep"));
    Files.writeString(left.resolve("5"), "stale");
    Files.writeString(temp.resolve(HASH + ".lock"), "");
    try (ClipFolder clip = CacheFolder.open(temp).take(HASH)) {
      assertThat(clip.path()).isEqualTo(temp.toRealPath().resolve(HASH)).isEmptyDirectory();
    }
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void clearsWhatAKilledSecondPlayerLeft() throws Exception {
    CacheFolder cache = CacheFolder.open(temp);
    for (String left : new String[] {HASH + "-1", HASH + "-12", HASH + "-12-1", "0".repeat(40)}) {
      Files.writeString(Files.createDirectory(temp.resolve(left)).resolve("5"), "stale");
    }
    Files.writeString(temp.resolve(HASH + "-1.lock"), "");
    Files.writeString(temp.resolve(HASH + "-3.lock"), "");
    try (ClipFolder first = cache.take(HASH);
        ClipFolder second = cache.take(HASH)) {
      Files.writeString(second.path().resolve("0"), "second");
      try (ClipFolder third = cache.take(HASH)) {
        assertThat(third.path().getFileName()).hasToString(HASH + "-2");
      }
      assertThat(first.path()).isDirectory();
      assertThat(second.path().resolve("0")).hasContent("second");
    }
    // Nothing but what is not this clip's.
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(HASH + "-12-1", "0".repeat(40));
    }
  }

  @Test
  void followsNoLinkThatSomebodyLeftInItsPlace() throws Exception {
    Path precious = Files.createDirectory(temp.resolve("precious"));
    Files.writeString(precious.resolve("file"), "precious");
    Path cache = Files.createDirectory(temp.resolve("cache"));
    Files.createSymbolicLink(cache.resolve(HASH), precious);
    Files.createSymbolicLink(cache.resolve(HASH + "-1"), temp.resolve("nowhere"));
    CacheFolder opened = CacheFolder.open(cache);
    try (ClipFolder clip = opened.take(HASH);
        ClipFolder second = opened.take(HASH)) {
      assertThat(Files.isSymbolicLink(clip.path())).isFalse();
      assertThat(clip.path()).isEmptyDirectory();
      assertThat(second.path()).isEmptyDirectory();
      assertThat(temp.resolve("nowhere")).doesNotExist();
    }
    assertThat(precious.resolve("file")).hasContent("precious");
  }

  @Test
  void saysInASentenceThatAFolderCannotBeWritten() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertNotWritable(file.resolve("cache"));
    assertNotWritable(file);
    // Nobody makes folders there, not even root.
    assertNotWritable(Path.of("/proc/peerlet/cache"));
    assertThat(file).hasContent("");
  }

  private static void assertNotWritable(Path folder) {
    StreamException failure =
        catchThrowableOfType(StreamException.class, () -> CacheFolder.open(folder));
    assertThat(failure.reason()).isEqualTo(Reason.CACHE_NOT_WRITABLE);
    assertThat(failure.sentence()).isEqualTo("The cache folder can't be written: " + folder);
  }

  @Test
  void saysInASentenceThatAClipsFolderCannotBeMade() throws Exception {
    CacheFolder cache = CacheFolder.open(temp.resolve("cache"));
    Files.delete(cache.path());
    StreamException failure = catchThrowableOfType(StreamException.class, () -> cache.take(HASH));
    assertThat(failure.reason()).isEqualTo(Reason.CACHE_NOT_WRITABLE);
    // And once it can, it is made.
    Files.createDirectory(cache.path());
    cache.take(HASH).close();
    assertThat(cache.path()).isEmptyDirectory();
  }
}
