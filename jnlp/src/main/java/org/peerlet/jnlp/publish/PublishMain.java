package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.DisplayName;
import org.peerlet.jnlp.check.SiteCheck;
import org.peerlet.jnlp.page.ByteText;
import org.peerlet.jnlp.page.SiteAddress;
import org.peerlet.jnlp.process.ChildProcesses;
import org.peerlet.jnlp.video.Ffmpeg;
import org.peerlet.jnlp.webstart.SigningException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code peerlet publish}: makes all that a site needs to offer videos. What was made goes to
 * standard output; progress, notices and errors go to standard error. Exit code 2 for a wrong
 * command line, 1 for anything else that prevents it, each with one line.
 */
@Command(
    name = "peerlet publish",
    description = {
      "Makes a folder that any web server can serve: for each video its torrent, clip manifest,"
          + " page and pictures, and a page and a feed for all. A second run writes only what"
          + " changed. At the end, the folder is served on this machine for a moment, and what was"
          + " made is fetched and played."
    },
    sortOptions = false)
public final class PublishMain implements Callable<Integer> {
  /** Set by the start script where standard error is a terminal, which Java 17 can't tell. */
  static final String TERMINAL_PROPERTY = "peerlet.terminal";

  private static final int USAGE = 2;
  private static final int FAILED = 1;

  @Parameters(
      paramLabel = "VIDEO",
      arity = "0..*",
      description = "MP4 files. Without any, only the site's page and feed are brought up to date.")
  private List<Path> videos = List.of();

  @Option(
      names = "--site",
      paramLabel = "URL",
      required = true,
      description = "Where the folder will be found, such as https://example.org/videos/.")
  private String site;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write; made if it is missing.")
  private Path out;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Title of the one video. Default: as published before, or the file's name.")
  private @Nullable String title;

  @Option(
      names = "--tracker",
      paramLabel = "URL",
      description =
          "Announce URL of a tracker; may be given several times. Default: announce at the site, as"
              + " peerlet serve offers it.")
  private List<String> trackers = List.of();

  @Option(
      names = "--web-seed",
      paramLabel = "torrent|manifest",
      defaultValue = "torrent",
      description = {
        "torrent: the torrent names the video's URL, and any BitTorrent program may use it;",
        "manifest: only the clip manifest does, for Peerlet, which asks a site as little as it"
            + " can.",
        "Default: ${DEFAULT-VALUE}."
      })
  private WebSeed webSeed;

  @Option(
      names = "--report",
      paramLabel = "URL",
      description = "Where players may tell how it went.")
  private @Nullable String report;

  @Option(
      names = "--packages",
      paramLabel = "URL",
      description =
          "Where you offer Peerlet as a package (see peerlet package); the launch buttons name it.")
  private @Nullable String packages;

  @ArgGroup(exclusive = true)
  private @Nullable Transfer transfer;

  @Mixin private SigningOptions signing;

  @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
  private boolean dryRun;

  @Option(names = "--no-check", description = "Do not serve and play what was made.")
  private boolean noCheck;

  @Option(names = "--verbose", description = "Print the cause of an unexpected error.")
  private boolean verbose;

  @SuppressWarnings("UnusedVariable") // picocli acts on it
  @Option(
      names = {"--help", "-h"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec private CommandSpec spec;

  private enum WebSeed {
    TORRENT,
    MANIFEST
  }

  /** How a video gets into the folder. */
  private static final class Transfer {
    @Option(
        names = "--link",
        description = "Link the videos into the folder; copy where that is not possible.")
    private boolean link;

    @SuppressWarnings("UnusedVariable") // the default, said aloud
    @Option(names = "--copy", description = "Copy the videos into the folder. The default.")
    private boolean copy;
  }

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    CommandLine command = new CommandLine(new PublishMain());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setParameterExceptionHandler(
        (misuse, given) ->
            complain(
                Shown.field(String.valueOf(misuse.getMessage())) + " (peerlet publish --help)",
                USAGE));
    command.setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line));
    return command.execute(arguments);
  }

  @Override
  public Integer call() throws IOException, StreamException {
    Order order = order();
    PrintStream err = System.err;
    Progress progress =
        Boolean.getBoolean(TERMINAL_PROPERTY)
            ? new ProgressBar(err, System::nanoTime)
            : new ProgressLines(err, System::nanoTime);
    Notices notices = sentence -> err.println("peerlet: " + sentence);
    try (ChildProcesses children = ChildProcesses.open()) {
      String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
      Publisher publisher =
          new Publisher(
              order,
              Optional.of(new SignedPlayer(signing, progress, notices)),
              Ffmpeg.find(folders, children),
              progress,
              notices,
              InstantSource.system());
      if (dryRun) {
        publisher.plans().forEach(PublishMain::printPlan);
        return 0;
      }
      Publisher.Done done = publisher.publish();
      print(order, done);
      if (!noCheck) {
        List<String> slugs = done.clips().stream().map(ClipRecord::slug).toList();
        System.out.println(new SiteCheck(children).check(order.out(), slugs));
      }
      return 0;
    }
  }

  private Order order() throws StreamException {
    SiteAddress address = SiteAddress.parse(site);
    if (title != null && videos.size() != 1) {
      throw new ParameterException(spec.commandLine(), "--title is for one video");
    }
    String shown = title == null ? "" : DisplayName.clean(title);
    if (title != null && shown.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--title holds nothing that can be shown");
    }
    return new Order(
        videos,
        address,
        out,
        shown.isEmpty() ? Optional.empty() : Optional.of(shown),
        TrackerUrls.of(trackers, address),
        webSeed == WebSeed.TORRENT,
        webUrl("report", report),
        webUrl("packages", packages),
        transfer != null && transfer.link);
  }

  private static Optional<URI> webUrl(String option, @Nullable String given)
      throws StreamException {
    if (given == null) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(given);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawUserInfo() == null) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException malformed) {
      // The sentence below says it.
    }
    throw new StreamException(
        Reason.BAD_SOURCE, "--" + option + " is not an http or https URL: " + Shown.field(given));
  }

  private static void printPlan(ClipPlan plan) {
    System.out.printf(
        "%s: %s as %s (%s)%n",
        Shown.field(String.valueOf(plan.video().getFileName())),
        plan.step().words(),
        plan.name(plan.videoName()),
        ByteText.of(plan.look().bytes()));
    System.out.printf(
        "  would be made:%s%s index.html clip.json%s%n",
        plan.torrent() ? " clip.torrent" : "",
        plan.pictures() ? " poster.jpg thumbnails.jpg thumbnails.vtt" : "",
        plan.subtitles().keySet().stream()
            .map(each -> " " + each.url())
            .reduce("", String::concat));
  }

  private static void print(Order order, Publisher.Done done) {
    for (ClipRecord clip : done.clips()) {
      System.out.println(order.site().of(clip.slug(), ""));
    }
    System.out.println(
        done.written().isEmpty()
            ? "Nothing changed."
            : done.written().size() + " files written in " + Shown.field(order.out().toString()));
    if (!done.platforms().isEmpty()) {
      System.out.println("The pages launch the player on " + String.join(", ", done.platforms()));
    }
  }

  private static int failed(Exception failure, CommandLine line) {
    PublishMain main = line.getCommand();
    if (main.verbose) {
      failure.printStackTrace();
    }
    if (failure instanceof StreamException known) {
      return complain(known.sentence(), known.reason() == Reason.BAD_SOURCE ? USAGE : FAILED);
    }
    if (failure instanceof SigningException unsigned) {
      return complain(Shown.field(String.valueOf(unsigned.getMessage())), FAILED);
    }
    if (failure instanceof IOException broken) {
      return complain(Shown.field(explain(broken)), FAILED);
    }
    return complain(
        "something went wrong: " + Shown.field(failure.toString()) + " (--verbose tells more)",
        FAILED);
  }

  private static String explain(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no permission to write " + denied.getFile();
    }
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getFile() + " can't be written: " + named.getReason();
    }
    return "the folder can't be written: " + failure.getMessage();
  }

  /** One line; what comes from outside was made safe to print by the caller. */
  private static int complain(String message, int exitCode) {
    System.err.println("peerlet publish: " + message);
    return exitCode;
  }
}
