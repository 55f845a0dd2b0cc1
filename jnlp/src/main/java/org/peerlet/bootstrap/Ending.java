package org.peerlet.bootstrap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the player's process ended.
 *
 * @param exitCode 128 + n when signal n took it down
 * @param windowShown its window was up
 * @param crashReported its JVM wrote a crash report
 * @param lastLines of its standard error
 */
record Ending(int exitCode, boolean windowShown, boolean crashReported, List<String> lastLines) {
  /** Abort, bus error and segmentation fault, and an access violation on Windows. */
  private static final Set<Integer> NATIVE_CRASHES = Set.of(134, 138, 139, 0xC0000005);

  /** As loaders name a library: {@code libgtk-3.so.0: cannot open shared object file}. */
  private static final Pattern LIBRARY =
      Pattern.compile("(lib[A-Za-z0-9_+-]+\\.so[.0-9]*): cannot");

  private static final Pattern NO_DISPLAY =
      Pattern.compile("Unable to open DISPLAY|HeadlessException|cannot open display");

  private static final Pattern NO_TOOLKIT =
      Pattern.compile("Unable to load glass|no suitable pipeline found|QuantumRenderer");

  /** How the player's own sentences begin. */
  private static final String SENTENCE = "peerlet: ";

  /** Native code took it down, so the clip can go on in another process. */
  boolean crashed() {
    return crashReported || NATIVE_CRASHES.contains(exitCode);
  }

  /** Why there was no picture; empty when the viewer needs no word of ours. */
  Optional<CannotStartException> failure() {
    if (crashed()) {
      return Optional.of(new CannotStartException("player.crashed", exitCode));
    }
    if (exitCode == 0 || windowShown) {
      return Optional.empty();
    }
    for (String line : lastLines) {
      Matcher library = LIBRARY.matcher(line);
      if (library.find()) {
        return Optional.of(new CannotStartException("library", library.group(1)));
      }
    }
    if (anyLine(NO_DISPLAY)) {
      return Optional.of(new CannotStartException("display"));
    }
    if (anyLine(NO_TOOLKIT)) {
      return Optional.of(new CannotStartException("library", "libgtk-3.so.0"));
    }
    return Optional.of(
        lastLines.stream()
            .filter(line -> line.startsWith(SENTENCE))
            .reduce((first, second) -> second)
            .map(line -> new CannotStartException("player.said", line.substring(SENTENCE.length())))
            .orElse(new CannotStartException("player.ended", exitCode)));
  }

  private boolean anyLine(Pattern pattern) {
    return lastLines.stream().anyMatch(line -> pattern.matcher(line).find());
  }
}
