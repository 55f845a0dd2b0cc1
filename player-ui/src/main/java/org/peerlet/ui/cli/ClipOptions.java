package org.peerlet.ui.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.engine.EngineOptions;
import org.peerlet.core.sharing.RememberedConsent;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.storage.UserFolders;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands that open a clip take, besides the clip. */
final class ClipOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--share",
      paramLabel = "on|receive|off",
      description = {
        "on: receive from other viewers and send to them;",
        "receive: contact them and send nothing;",
        "off: the site only, no other viewer is contacted.",
        "Default: the remembered answer."
      })
  private @Nullable ShareMode share;

  @Option(
      names = "--lan",
      description =
          "Trackers and sites on this machine or network may be named by any source. Implied for"
              + " a SOURCE at such an address.")
  private boolean lan;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder for the clip while it plays. Default: the user's cache folder.")
  private @Nullable Path cache;

  @Option(
      names = "--metadata-timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long to look for a magnet link's video, such as 20s or 2m. Default: 60s.")
  private @Nullable Duration metadataTimeout;

  @Option(
      names = "--receipt",
      paramLabel = "FILE",
      description = "At exit, write what was played and where it came from, as JSON.")
  private @Nullable Path receipt;

  @Option(names = "--verbose", description = "Write more to the log file.")
  @SuppressWarnings("UnusedMethod") // called by picocli
  private void verbose(boolean verbose) {
    if (verbose) {
      System.setProperty(LogToFile.LEVEL_PROPERTY, "DEBUG");
    }
  }

  Optional<ShareMode> share() {
    return Optional.ofNullable(share);
  }

  /**
   * Where the receipt goes.
   *
   * @throws ParameterException when nothing can be written there: said now, not after an evening
   */
  Optional<Path> receipt() {
    if (receipt != null && !canWrite(receipt)) {
      throw new ParameterException(
          command.commandLine(), "The receipt can't be written to " + receipt);
    }
    return Optional.ofNullable(receipt);
  }

  RememberedConsent consent() {
    return new RememberedConsent(UserFolders.ofThisUser().config());
  }

  EngineOptions engine(int port) {
    return new EngineOptions(
        cache == null ? UserFolders.ofThisUser().cache() : cache,
        port,
        lan,
        metadataTimeout == null ? EngineOptions.DEFAULT_METADATA_TIMEOUT : metadataTimeout);
  }

  /** Tried out, since permissions alone don't say it (read-only disks). */
  private static boolean canWrite(Path file) {
    if (Files.isDirectory(file)) {
      return false;
    }
    boolean existed = Files.exists(file);
    try {
      Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      if (!existed) {
        Files.delete(file);
      }
      return true;
    } catch (IOException unwritable) {
      return false;
    }
  }
}
