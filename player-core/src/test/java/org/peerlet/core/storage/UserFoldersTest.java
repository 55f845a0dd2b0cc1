package org.peerlet.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
  @Test
  void followsTheVariablesOnLinux() {
    Map<String, String> environment =
        Map.of(
            "HOME", "/h", "XDG_CACHE_HOME", "/c", "XDG_CONFIG_HOME", "/f", "XDG_STATE_HOME", "/s");
    assertThat(UserFolders.of(environment, "Linux", "/password-file"))
        .isEqualTo(folders("/c/peerlet", "/f/peerlet", "/s/peerlet/log"));
  }

  @Test
  void startsFromTheHomeWithoutThem() {
    UserFolders expected =
        folders("/h/.cache/peerlet", "/h/.config/peerlet", "/h/.local/state/peerlet/log");
    assertThat(UserFolders.of(Map.of("HOME", "/h"), "Linux", "/p")).isEqualTo(expected);
    assertThat(UserFolders.of(Map.of(), "Linux", "/h")).isEqualTo(expected);
    assertThat(UserFolders.of(Map.of("HOME", "", "XDG_CACHE_HOME", "c"), "Linux", "/h"))
        .isEqualTo(expected);
  }

  @Test
  void isAtTheCustomaryPlacesElsewhere() {
    assertThat(UserFolders.of(Map.of("HOME", "/x"), "Mac OS X", "/u"))
        .isEqualTo(
            folders(
                "/u/Library/Caches/Peerlet",
                "/u/Library/Application Support/Peerlet",
                "/u/Library/Logs/Peerlet"));
    assertThat(UserFolders.of(Map.of("LOCALAPPDATA", "/local"), "Windows 11", "/u"))
        .isEqualTo(folders("/local/Peerlet/Cache", "/local/Peerlet/Config", "/local/Peerlet/Log"));
    assertThat(UserFolders.of(Map.of(), "Windows 11", "/u").cache())
        .isEqualTo(Path.of("/u/AppData/Local/Peerlet/Cache"));
  }

  private static UserFolders folders(String cache, String config, String log) {
    return new UserFolders(Path.of(cache), Path.of(config), Path.of(log));
  }
}
