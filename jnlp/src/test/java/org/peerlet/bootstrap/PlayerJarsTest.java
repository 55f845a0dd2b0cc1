package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayerJarsTest {
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final PlayerJar FOR_ALL =
      new PlayerJar("core.jar", 7, HASH, HASH, Optional.empty());
  private static final PlayerJar FOR_MAC =
      new PlayerJar("fx-mac.jar", 8, HASH, HASH, Optional.of(Platform.MAC_AARCH64));
  private static final PlayerJars JARS =
      new PlayerJars(URI.create("https://example.org/v/"), List.of(FOR_ALL, FOR_MAC));

  @Test
  void readsWhatItWrote() {
    assertThat(PlayerJars.parse(JARS.toBytes())).isEqualTo(JARS);
  }

  @Test
  void givesEachPlatformItsOwn() {
    assertThat(JARS.of(Platform.MAC_AARCH64)).containsExactly(FOR_ALL, FOR_MAC);
    assertThat(JARS.of(Platform.MAC_X86_64)).containsExactly(FOR_ALL);
  }

  @Test
  void aVersionIsWhatTheJarsAre() {
    PlayerJars elsewhere = new PlayerJars(URI.create("https://other.test/"), JARS.jars());
    PlayerJars fewer = new PlayerJars(JARS.site(), List.of(FOR_ALL));
    assertThat(elsewhere.version()).isEqualTo(JARS.version()).matches("[0-9a-f]{16}");
    assertThat(fewer.version()).isNotEqualTo(JARS.version());
  }

  @Test
  void findsAJarAtTheSite() {
    assertThat(JARS.url(FOR_ALL)).hasToString("https://example.org/v/player/core.jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.jar", "/evil.jar", "a/b.jar", "a\\b.jar", ".jar", "-x.jar", "x.txt", ""})
  void refusesANameThatIsAPath(String name) {
    assertThatThrownBy(() -> new PlayerJar(name, 1, HASH, HASH, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jar x", "site https://a.test/\njar x\n", "site https://a.test/"})
  void refusesWhatIsNoList(String text) {
    assertThatThrownBy(() -> PlayerJars.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-aarch64",
    "Windows 11, amd64, windows-x86_64",
    "Mac OS X, x86_64, mac-x86_64",
    "Mac OS X, aarch64, mac-aarch64",
    "Linux, riscv64, ",
    "FreeBSD, amd64, "
  })
  void knowsPlatformsByWhatJavaSays(String os, String arch, String id) {
    assertThat(Platform.of(os, arch).map(Platform::id)).isEqualTo(Optional.ofNullable(id));
  }
}
