package org.peerlet.jnlp.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.jnlp.process.ChildProcesses;

/** A running command of the start script, ended by {@link #close}. One thread. */
final class PeerletCommand implements AutoCloseable {
  private final ChildProcesses children;
  private final Process process;
  private final Path errors;
  private final BufferedReader output;

  private PeerletCommand(ChildProcesses children, Process process, Path errors) {
    this.children = children;
    this.process = process;
    this.errors = errors;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a command.
   *
   * @param folder for what it complains about
   */
  static PeerletCommand start(ChildProcesses children, Path folder, List<String> arguments)
      throws IOException {
    // The start script sets itself here.
    String script = System.getenv().getOrDefault("PEERLET_SCRIPT", "peerlet");
    List<String> command = new ArrayList<>(List.of(script));
    command.addAll(arguments);
    Path errors = folder.resolve(arguments.get(0) + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("PEERLET_NO_BUILD", "true"); // what started us has just been built
    return new PeerletCommand(children, children.start(builder), errors);
  }

  /**
   * Waits for the next line of its output.
   *
   * @throws StreamException {@code INTERNAL} with what it complained about, if none comes in time
   */
  String line(Duration time) throws IOException, StreamException {
    CompletableFuture<@Nullable String> line = CompletableFuture.supplyAsync(this::read);
    try {
      String text = line.get(time.toMillis(), TimeUnit.MILLISECONDS);
      if (text != null) {
        return text;
      }
      throw new StreamException(Reason.INTERNAL, complaint("ended early"));
    } catch (TimeoutException late) {
      throw new StreamException(Reason.INTERNAL, complaint("took too long"), late);
    } catch (ExecutionException broken) {
      throw new StreamException(Reason.INTERNAL, complaint("broke off"), broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StreamException(Reason.CLOSED, "The check was interrupted.", stopped);
    }
  }

  private @Nullable String read() {
    try {
      return output.readLine();
    } catch (IOException ended) {
      return null;
    }
  }

  private String complaint(String what) throws IOException {
    String said = Files.exists(errors) ? Files.readString(errors).strip() : "";
    return what + (said.isEmpty() ? "." : ": " + Shown.field(said));
  }

  @Override
  public void close() {
    children.end(process);
  }
}
