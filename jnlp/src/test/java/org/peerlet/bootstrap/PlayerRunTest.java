package org.peerlet.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts for a player. */
@Timeout(60)
class PlayerRunTest {
  @TempDir private Path folder;

  private final List<String> events = java.util.Collections.synchronizedList(new ArrayList<>());

  private final Progress progress =
      new Progress() {
        @Override
        public void fetched(long bytes, long totalBytes) {}

        @Override
        public void starting() {}

        @Override
        public void close() {
          events.add("closed");
        }
      };

  @Test
  void passesOnTheExitCodeAndTheLastLines() throws Exception {
    Ending ending = run("echo one >&2; echo two >&2; exit 7").run();
    assertThat(ending).isEqualTo(new Ending(7, false, false, List.of("one", "two")));
    assertThat(events).isEmpty();
  }

  @Test
  void closesTheSmallWindowWhenThePlayersIsUp() throws Exception {
    String script =
        "echo '{\"window\":false}' > state; mkfifo go; echo '{\"window\": true}' > state;"
            + " cat go; exit 0";
    PlayerRun run = run(script);
    Thread player = new Thread(() -> run(run));
    player.start();
    while (!closed()) {
      Thread.onSpinWait();
    }
    Files.writeString(folder.resolve("go"), "on");
    player.join();
    assertThat(events).containsExactly("closed", "Ending 0 true");
  }

  @Test
  void startsAgainOnceWhenNativeCodeTookItDown() throws Exception {
    Ending ending = run("echo x >> starts; kill -SEGV $$").run();
    assertThat(ending.exitCode()).isEqualTo(139);
    assertThat(folder.resolve("starts")).hasContent("x\nx");
  }

  @Test
  void goesOnWhereTheStateFileSays() throws Exception {
    String script =
        "if [ -e state ]; then cp state seen; exit 0; fi;"
            + " echo '{\"window\":true,\"positionMillis\":12345}' > state; kill -ABRT $$";
    Ending ending = run(script).run();
    assertThat(ending.exitCode()).isZero();
    assertThat(folder.resolve("seen")).content().contains("12345");
  }

  @Test
  void aCrashReportCountsWhateverTheCode() throws Exception {
    Ending ending =
        run("echo x >> starts; [ -e seen ] || { echo > seen; echo > crash; exit 1; }").run();
    assertThat(ending.exitCode()).isZero();
    assertThat(ending.crashReported()).isFalse();
    assertThat(folder.resolve("starts")).hasContent("x\nx");
  }

  @Test
  void doesNotStartAgainWhatFailedByItself() throws Exception {
    run("echo x >> starts; exit 1").run();
    assertThat(folder.resolve("starts")).hasContent("x");
  }

  @Test
  void endsThePlayerAndDoesNotStartItAgain() throws Exception {
    PlayerRun run =
        run(
            "trap 'exit 139' TERM; echo x >> starts; echo '{\"window\":true}' > state;"
                + " while :; do sleep 0.1; done");
    Thread player = new Thread(() -> run(run));
    player.start();
    while (!closed()) {
      Thread.onSpinWait();
    }
    run.stop();
    run.stop();
    player.join();
    assertThat(events).containsExactly("closed", "Ending 139 true");
    assertThat(folder.resolve("starts")).hasContent("x");
  }

  @Test
  void saysThatThereIsNoJava() {
    PlayerRun run =
        new PlayerRun(
            new ProcessBuilder(folder.resolve("nothing").toString()),
            folder.resolve("state"),
            folder.resolve("crash"),
            progress);
    assertThatThrownBy(run::run).isInstanceOf(IOException.class);
  }

  private boolean closed() {
    return events.contains("closed");
  }

  private void run(PlayerRun run) {
    try {
      Ending ending = run.run();
      events.add("Ending " + ending.exitCode() + " " + ending.windowShown());
    } catch (IOException | InterruptedException failed) {
      events.add(failed.toString());
    }
  }

  private PlayerRun run(String script) {
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
    return new PlayerRun(shell, folder.resolve("state"), folder.resolve("crash"), progress);
  }
}
