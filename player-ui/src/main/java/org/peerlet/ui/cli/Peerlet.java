package org.peerlet.ui.cli;

import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.storage.UserFolders;
import org.peerlet.ui.player.RefusalWindow;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program: picks the command. */
@Command(
    name = "peerlet",
    description = "Plays videos out of BitTorrent swarms.",
    mixinStandardHelpOptions = true,
    version = Peerlet.VERSION,
    subcommands = {PlayCommand.class, StreamCommand.class, DemoCommand.class, LaunchCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Peerlet implements Runnable {
  /** Named by each command: what the program says of itself, a command does not inherit. */
  static final String VERSION = "Peerlet 0.1";

  /** What the caller gave can't be understood. */
  static final int USAGE = 2;

  /** It was understood, and failed. */
  static final int FAILED = 1;

  private Peerlet() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Peerlet())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Peerlet::misused)
        .setExecutionExceptionHandler(Peerlet::failed)
        .execute(arguments);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  private static int misused(ParameterException misuse, String[] arguments) {
    String command = misuse.getCommandLine().getCommandSpec().qualifiedName();
    System.err.println(
        "peerlet: "
            + Shown.field(String.valueOf(misuse.getMessage()))
            + " ("
            + command
            + " --help)");
    return USAGE;
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof StreamException known) {
      System.err.println("peerlet: " + known.sentence() + hint(known.reason()));
      if (WindowOptions.startedByDesktop(command)) {
        sayInWindow(known);
      }
      return known.reason() == Reason.BAD_SOURCE ? USAGE : FAILED;
    }
    LoggerFactory.getLogger(Peerlet.class).error("{} failed", command.getCommandName(), failure);
    System.err.println(
        "peerlet: something went wrong; the log has more: " + UserFolders.ofThisUser().log());
    return FAILED;
  }

  private static void sayInWindow(StreamException why) {
    try {
      RefusalWindow.show(why);
    } catch (StreamException noWindow) {
      LoggerFactory.getLogger(Peerlet.class).info("Nobody was told: {}", why.sentence(), noWindow);
    }
  }

  /** What a person at a terminal can do about it. */
  private static String hint(Reason reason) {
    return reason == Reason.NO_SOURCE ? " --share on or --share receive contacts them." : "";
  }
}
