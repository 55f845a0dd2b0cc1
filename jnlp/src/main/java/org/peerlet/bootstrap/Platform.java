package org.peerlet.bootstrap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A system and processor that the player runs on, with the words that others have for it. */
public enum Platform {
  LINUX_X86_64("linux-x86_64", "Linux", "amd64"),
  LINUX_AARCH64("linux-aarch64", "Linux", "aarch64"),
  WINDOWS_X86_64("windows-x86_64", "Windows", "amd64"),
  MAC_X86_64("mac-x86_64", "Mac", "x86_64"),
  MAC_AARCH64("mac-aarch64", "Mac", "aarch64");

  private final String id;
  private final String os;
  private final String arch;

  Platform(String id, String os, String arch) {
    this.id = id;
    this.os = os;
    this.arch = arch;
  }

  /** For instance {@code linux-x86_64}: in options, folders and lists. */
  public String id() {
    return id;
  }

  /** How Java's {@code os.name} begins there, which is what a JNLP file compares. */
  public String os() {
    return os;
  }

  /** Java's {@code os.arch} there. */
  public String arch() {
    return arch;
  }

  public static Optional<Platform> of(String id) {
    return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
  }

  /** The one that Java's {@code os.name} and {@code os.arch} tell. */
  static Optional<Platform> of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> name.startsWith(each.os.toLowerCase(Locale.ROOT)))
        .filter(each -> each.arch.equals(osArch))
        .findFirst();
  }
}
