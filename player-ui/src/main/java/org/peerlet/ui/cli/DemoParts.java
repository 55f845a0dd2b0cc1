package org.peerlet.ui.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * The processes of a demo, each a command of the start script, and the folder they write to. All go
 * with {@link #close}, which a shutdown hook calls too. Any thread.
 */
final class DemoParts implements AutoCloseable {
  /** A viewer that leaves its swarm takes a second or two. */
  private static final long END_SECONDS = 5;

  /** A Ctrl-C may end a part sooner than our JVM hears of it. */
  private static final long SIGNAL_SECONDS = 1;

  private final String script;
  private final Path folder;
  private final List<Process> started = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private DemoParts(String script, Path folder) {
    this.script = script;
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @param script the start script
   */
  static DemoParts open(String script) throws IOException {
    DemoParts parts = new DemoParts(script, Files.createTempDirectory("peerlet-demo"));
    Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "peerlet-demo-end"));
    return parts;
  }

  Path folder() {
    return folder;
  }

  /** Whether the end has come, or comes within a second, so that what just broke is no failure. */
  boolean endsNow() throws InterruptedException {
    return closing.await(SIGNAL_SECONDS, TimeUnit.SECONDS);
  }

  /** Writes to the folder, where the end comes either before or after all of it. */
  synchronized void write(Writing writing) throws IOException, StreamException {
    refuseWhenClosing();
    writing.write();
  }

  /** Something that is written to the folder. */
  @FunctionalInterface
  interface Writing {
    void write() throws IOException, StreamException;
  }

  /** Starts a command whose output is read line by line. */
  Part start(String name, List<String> arguments) throws IOException {
    Path errors = folder.resolve(name + ".log");
    Process process = start(command(arguments).redirectError(errors.toFile()));
    return new Part(errors, process.inputReader(StandardCharsets.UTF_8));
  }

  /** Runs a command that shares our terminal. */
  int run(List<String> arguments) throws IOException, InterruptedException {
    return start(command(arguments).inheritIO()).waitFor();
  }

  private ProcessBuilder command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(script));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // What started us has just been built.
    builder.environment().put("PEERLET_NO_BUILD", "true");
    return builder;
  }

  private synchronized Process start(ProcessBuilder builder) throws IOException {
    refuseWhenClosing();
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private void refuseWhenClosing() throws IOException {
    if (closing.getCount() == 0) {
      throw new IOException("the demo ends");
    }
  }

  /** A running command. */
  record Part(Path errors, BufferedReader output) {
    /**
     * Waits for the next line of its output.
     *
     * @throws StreamException {@code INTERNAL} with what it complained about, if it ended instead
     */
    String line() throws IOException, StreamException {
      String line = output.readLine();
      if (line == null) {
        throw new StreamException(
            Reason.INTERNAL,
            "A part of the demo ended early: " + Shown.field(Files.readString(errors).strip()));
      }
      return line;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    synchronized (this) {
      started.forEach(Process::destroy);
      try {
        for (Process process : started) {
          if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
          }
        }
      } catch (InterruptedException again) {
        started.forEach(Process::destroyForcibly);
        Thread.currentThread().interrupt();
      }
      started.clear();
      deleteFolder();
    }
  }

  private void deleteFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      System.err.println("peerlet: left behind: " + folder);
    }
  }
}
