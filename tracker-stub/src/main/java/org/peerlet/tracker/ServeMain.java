package org.peerlet.tracker;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code peerlet serve}: prints the origin and the announce URL on two lines, then serves in
 * silence until it is stopped. Exit code 2 for a wrong command line, 1 for anything else that
 * prevents it, each with one line on standard error.
 */
@Command(
    name = "peerlet serve",
    description =
        "Serves a published folder: a tracker for its torrents and an origin for its files.",
    sortOptions = false)
public final class ServeMain implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The folder to serve.")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port to listen on; 0, the default, takes a free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default ${DEFAULT-VALUE}); 0.0.0.0 lets other machines in.")
  private String host;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How often peers are asked to announce, 1-3600 (default ${DEFAULT-VALUE}).")
  private long intervalSeconds;

  @Option(
      names = "--open-tracker",
      description = "Track any torrent, not only those whose .torrent file lies in DIR.")
  private boolean openTracker;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = "Append one line per request to FILE, in the combined format.")
  private @Nullable Path accessLog;

  @Option(names = "--verbose", description = "Write more to the log.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new ServeMain());
    command.setParameterExceptionHandler(
        (failure, ignored) -> complain(command, failure.getMessage() + " (see --help)", 2));
    command.setExecutionExceptionHandler(
        (failure, ignored, parsed) -> complain(command, String.valueOf(failure), 1));
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Options options = options();
    ServeLog.open(verbose, System.getenv(), spec.commandLine().getErr());
    TrackerServer server;
    try {
      server = TrackerServer.open(options);
    } catch (IOException e) {
      return complain(spec.commandLine(), explain(e), 1);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "peerlet-serve-stop"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(server.origin());
    out.println("announce " + server.announce());
    out.flush();
    // Only a signal ends it, through the hook.
    new CountDownLatch(1).await();
    return 0;
  }

  private Options options() {
    try {
      return new Options(
          folder, host, port, Duration.ofSeconds(intervalSeconds), openTracker, accessLog);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private String explain(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return "no such host: " + host;
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder: " + folder;
    }
    if (failure instanceof NoSuchFileException && !Files.exists(folder)) {
      return "no such folder: " + folder;
    }
    if (failure instanceof NoSuchFileException missing) {
      return "no such folder for the access log: " + missing.getFile();
    }
    if (failure instanceof AccessDeniedException denied) {
      return "no permission: " + denied.getFile();
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean aboutAddress = cause instanceof SocketException;
    String reason = String.valueOf(cause.getMessage());
    if (!aboutAddress) {
      return "cannot serve " + folder + ": " + reason;
    }
    return "cannot listen on " + host + " port " + port + ": " + reason;
  }

  /** One line, whatever is in the message. */
  private static int complain(CommandLine command, String message, int exitCode) {
    command.getErr().println("peerlet serve: " + LogText.clean(message.replaceAll("\\R", " ")));
    command.getErr().flush();
    return exitCode;
  }
}
