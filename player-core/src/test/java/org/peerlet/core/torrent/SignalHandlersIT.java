package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.ChildJvm;

/** Threat T22: native code must leave the JVM its signals. */
class SignalHandlersIT {
  /** 128 + SIGSEGV. */
  private static final int KILLED_BY_SEGV = 139;

  @TempDir Path folder;

  @Test
  void ourSessionLeavesTheJvmItsSignals() throws Exception {
    ChildJvm.Result drill = drill("ours");
    assertThat(drill.output()).contains("caught 10000\ncaught 10000");
    assertThat(drill.exitCode()).isZero();
  }

  /**
   * Shows that the drill can fail, and why the session is as it is: when this fails with a newer
   * libtorrent, the posix backend may no longer be needed.
   */
  @Test
  void theDefaultDiskBackendTakesThem() throws Exception {
    ChildJvm.Result drill = drill("default");
    assertThat(drill.output()).doesNotContain("caught").doesNotContain("Exception");
    assertThat(drill.exitCode()).isEqualTo(KILLED_BY_SEGV);
  }

  private ChildJvm.Result drill(String backend) throws Exception {
    return ChildJvm.run(
        folder,
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve("hs_err.log")),
        NullPointerDrill.class,
        backend,
        Files.createDirectory(folder.resolve("work")).toString());
  }
}
