package org.peerlet.ui.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.SwarmLab;

/**
 * This machine's system in a mount namespace, over which changes are laid in memory: what is
 * installed in it is not installed on the machine, and all of it goes with the process that holds
 * the namespace. The shared temporary folder, devices and processes are the machine's own. Needs
 * root.
 */
final class SystemCopy {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Mounts, says so, and holds the namespace until its standard input ends. */
  private static final String HOLD =
      """
      set -e
      mount -t tmpfs none "$1"
      mkdir "$1/changes" "$1/work" "$1/root"
      mount -t overlay none -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" "$1/root"
      for folder in proc sys dev tmp; do mount --rbind "/$folder" "$1/root/$folder"; done
      echo mounted
      exec cat
      """;

  private final SwarmLab lab;
  private final LabProcess holder;
  private final Path folder;

  private SystemCopy(SwarmLab lab, LabProcess holder, Path folder) {
    this.lab = lab;
    this.holder = holder;
    this.folder = folder;
  }

  static SystemCopy open(SwarmLab lab) throws InterruptedException {
    Path folder = lab.folder("system");
    LabProcess holder =
        lab.start(
            "namespace",
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "bash",
            "-c",
            HOLD,
            "hold",
            folder.toString());
    holder.awaitLine("^mounted$", PATIENCE);
    return new SystemCopy(lab, holder, folder);
  }

  /** Starts a command in the copy with this environment and no other. */
  LabProcess start(String name, Map<String, String> environment, String... command) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--mount=/proc/" + holder.pid() + "/ns/mnt",
                "chroot",
                folder.resolve("root").toString(),
                "env",
                "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
    new TreeMap<>(environment).forEach((variable, value) -> line.add(variable + "=" + value));
    line.addAll(Arrays.asList(command));
    return lab.start(name, Map.of(), line);
  }

  /**
   * Runs a command to its end.
   *
   * @return its standard output
   * @throws AssertionError with what it said, when it fails
   */
  List<String> run(Map<String, String> environment, String... command) throws InterruptedException {
    LabProcess process = start("run", environment, command);
    int code = process.awaitExit(PATIENCE);
    if (code != 0) {
      throw new AssertionError(
          String.join(" ", command) + ": exit code " + code + "\n" + process.lastOutput());
    }
    return process.stdout();
  }

  /** The files that were changed or added and are still there, as seen from its root. */
  List<String> changedFiles() {
    Path changes = Path.of("/proc/" + holder.pid() + "/root" + folder, "changes");
    try (Stream<Path> all = Files.walk(changes)) {
      return all.filter(Files::isRegularFile)
          .map(file -> "/" + changes.relativize(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
