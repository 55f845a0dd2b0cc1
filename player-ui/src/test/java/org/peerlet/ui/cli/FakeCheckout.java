package org.peerlet.ui.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * As much of a checkout as the start script looks at, with a Maven that copies what the pom names,
 * a Java that prints the names of the jars in its class path, and, whoever runs it, a superuser
 * whose system lacks all packages and installs none.
 */
final class FakeCheckout {
  private static final List<String> MODULES =
      List.of("player-core", "player-ui", "tracker-stub", "jnlp");

  private static final String MAVEN =
      """
      #!/bin/bash
      read -r version library <pom.xml
      mkdir -p player-ui/target/lib
      touch "player-ui/target/player-ui-$version.jar" "player-ui/target/lib/$library"
      """;

  private static final String JAVA =
      """
      #!/bin/bash
      while [ "$1" != -cp ]; do shift; done
      jars="${2%%:*}"
      printf '%s\n' $jars ${2#*:} | sed 's|.*/||' | sort
      """;

  private static final String APT =
      """
      #!/bin/bash
      for word in "$@"; do
        case "$word" in made-up-*) echo "$word" >>"${0%/*}/asked" ;; esac
      done
      """;

  private final Path root;
  private final Path tools;
  private long seconds;

  private FakeCheckout(Path root) {
    this.root = root;
    this.tools = root.resolve("tools");
  }

  static FakeCheckout in(Path root, Path script) throws IOException {
    FakeCheckout checkout = new FakeCheckout(root);
    Files.copy(script, checkout.script());
    Files.writeString(root.resolve("packages.txt"), "play made-up-to-play\ntest made-up-to-test\n");
    for (String module : MODULES) {
      Path folder = Files.createDirectories(root.resolve(module));
      checkout.change(Files.createFile(folder.resolve("pom.xml")));
    }
    Path packaging = Files.createDirectories(root.resolve("player-ui/src/main/packaging"));
    Path player = script.resolveSibling("player-ui/src/main/packaging/player.sh");
    checkout.change(Files.copy(player, packaging.resolve("player.sh")));
    checkout.tool("bin/mvn", MAVEN);
    checkout.tool("bin/java", JAVA);
    checkout.tool("bin/dpkg-query", "#!/bin/bash\n"); // nothing is installed
    checkout.tool("bin/id", "#!/bin/bash\necho 0\n");
    checkout.tool("bin/apt-get", APT);
    return checkout;
  }

  private void tool(String name, String text) throws IOException {
    Path file = tools.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** The script finds these first. */
  Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME", tools.toString(), "PATH", tools.resolve("bin") + ":" + System.getenv("PATH"));
  }

  Path script() {
    return root.resolve("peerlet");
  }

  /** What was to be installed by all runs. */
  List<String> packagesAskedFor() throws IOException {
    Path asked = tools.resolve("bin/asked");
    return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
  }

  Path lib() {
    return root.resolve("player-ui/target/lib");
  }

  /** Another pom: the version of all modules, and the one library of the player. */
  void version(String version, String library) throws IOException {
    change(Files.writeString(root.resolve("pom.xml"), version + " " + library + "\n"));
  }

  void changeSource() throws IOException {
    change(root.resolve("player-ui/src/main/packaging/player.sh"));
  }

  /** Makes the file newer than what was built, and what was built newer than all else. */
  private void change(Path file) throws IOException {
    Path stamp = root.resolve("player-ui/target/built");
    if (Files.exists(stamp)) {
      Files.setLastModifiedTime(stamp, FileTime.from(++seconds, TimeUnit.SECONDS));
    }
    Files.setLastModifiedTime(file, FileTime.from(++seconds, TimeUnit.SECONDS));
  }
}
