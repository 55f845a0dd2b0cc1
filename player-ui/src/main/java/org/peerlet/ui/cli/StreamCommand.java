package org.peerlet.ui.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerlet.core.Clip;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.StreamEngine;
import org.peerlet.core.engine.TorrentStream;
import org.peerlet.core.sharing.ShareMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code peerlet stream}: no window, a URL for any player. The URL is the first line of standard
 * output, status lines follow it where they are asked for; all else goes to standard error.
 */
@Command(
    name = "stream",
    description = {
      "Prints a URL that any player on this machine can open, and serves the video there until it"
          + " is stopped."
    },
    mixinStandardHelpOptions = true,
    version = Peerlet.VERSION)
final class StreamCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;

  /** Leaving a swarm takes a second or two; a user who pressed Ctrl-C waits no longer than this. */
  private static final long END_SECONDS = 5;

  /** Titles hold any script, and a terminal's or pipe's encoding may be anything. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Spec private CommandSpec spec;
  @Mixin private SourceParameter sourceParameter;
  @Mixin private ClipOptions options;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of the URL. Default: any free one.")
  private int port;

  @Option(
      names = "--status-json",
      description = "After the URL, print one JSON object a second that says how it is going.")
  private boolean statusJson;

  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Set<String> shownNotices = new HashSet<>();

  @Override
  public Integer call() throws StreamException, IOException, InterruptedException {
    if (port < 0 || port > MAX_PORT) {
      throw new ParameterException(
          spec.commandLine(), "A port is a number from 0 to " + MAX_PORT + ", not " + port);
    }
    TorrentSource source = sourceParameter.parse();
    Optional<Path> receipt = options.receipt();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "peerlet-stop"));
    try {
      StreamStatus last = stream(source);
      if (receipt.isPresent()) {
        writeReceipt(receipt.get(), last);
      }
      StreamException failure = last.failure();
      if (failure != null && failure.reason() != Reason.CLOSED) {
        throw failure;
      }
      return 0;
    } finally {
      ended.countDown();
    }
  }

  /** Streams until a signal comes or nothing can deliver the clip any more. */
  private StreamStatus stream(TorrentSource source)
      throws StreamException, IOException, InterruptedException {
    Optional<ShareMode> answer = options.share().or(() -> options.consent().answer());
    try (StreamEngine engine = StreamEngine.open(options.engine(port))) {
      TorrentStream stream = engine.stream(source, Optional.of(answer.orElse(ShareMode.OFF)));
      try (stream) {
        CompletableFuture<Clip> clip = stream.clip();
        if (endOf(clip)) {
          print(clip.join().url().toString());
          if (answer.isEmpty()) {
            complain(
                "sharing is off, since nobody was asked; --share on or --share receive contacts"
                    + " other viewers");
          }
          serve(stream);
        }
      }
      return stream.status(); // once closed, it counts the last bytes
    }
  }

  /** Whether the clip can be opened; a stop signal ends the wait. */
  private boolean endOf(CompletableFuture<Clip> clip) {
    try {
      CompletableFuture.anyOf(clip, stop).join();
      return !stop.isDone();
    } catch (CompletionException failed) {
      return false; // the status says why
    }
  }

  private void serve(TorrentStream stream) throws IOException, InterruptedException {
    while (!stopsWithinASecond()) {
      StreamStatus status = stream.status();
      if (statusJson) {
        print(JSON.writeValueAsString(StatusJson.of(status)));
      }
      String notice = status.notice();
      if (notice != null && shownNotices.add(notice)) {
        complain(notice);
      }
      if (status.failure() != null) {
        return;
      }
    }
  }

  private boolean stopsWithinASecond() throws InterruptedException {
    try {
      stop.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException goesOn) {
      return false;
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  private static void writeReceipt(Path file, StreamStatus last) throws StreamException {
    try {
      Files.writeString(file, JSON.writeValueAsString(StatusJson.of(last)) + "\n");
    } catch (IOException unwritable) {
      throw new StreamException(
          Reason.INTERNAL,
          "The receipt can't be written to " + Shown.field(file.toString()),
          unwritable);
    }
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void complain(String sentence) {
    System.err.println("peerlet: " + sentence);
  }

  /** The JVM ends when this returns: the swarm is left and the cache cleared by then. */
  private void stopAndWait() {
    stop.complete(null);
    try {
      if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        complain("it took too long to leave; something may be left in the cache folder");
      }
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }
}
