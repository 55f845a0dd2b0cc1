package org.peerlet.ui.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.PieceLength;
import org.peerlet.core.metainfo.TorrentMaker;
import org.peerlet.ui.cli.DemoParts.Part;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code peerlet demo}: a site, two viewers who have seen the clip, and a player that gets it from
 * them, all on this machine and each a process of its own.
 */
@Command(
    name = "demo",
    description = {
      "Plays a bundled clip: starts a tracker and site server and two viewers on this machine, and"
          + " opens the player, which gets the clip from the viewers. Sharing is on unless --share"
          + " says otherwise."
    },
    mixinStandardHelpOptions = true,
    version = Peerlet.VERSION)
final class DemoCommand implements Callable<Integer> {
  private static final List<String> VIEWERS = List.of("viewer1", "viewer2");

  /** Of the bundled clip; another one only gets pieces that fit less well. */
  private static final double CLIP_SECONDS = 60;

  /**
   * What a viewer asks for at a time: two seconds. The first seconds after a jump come at once,
   * while the site sends the rest no sooner than a viewer who watches needs it.
   */
  private static final long GLANCE_BYTES = 64 << 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--clip",
      paramLabel = "FILE",
      required = true,
      hidden = true,
      description = "The clip; given by the start script.")
  private Path clip;

  @Mixin private ClipOptions options;

  @SuppressWarnings("UnusedVariable") // checked here, used by the player
  @Mixin
  private WindowOptions window;

  @Override
  public Integer call() throws IOException, InterruptedException, StreamException {
    if (!Files.isReadable(clip)) {
      throw new StreamException(
          Reason.NO_SUCH_FILE, "The demo's clip is missing: " + Shown.field(clip.toString()));
    }
    try (DemoParts parts = DemoParts.open(script())) {
      try {
        Path receipt = options.receipt().orElse(parts.folder().resolve("receipt.json"));
        String torrent = publish(parts);
        watch(parts, torrent);
        say("Opening the player; close its window to end the demo …");
        int exitCode = parts.run(playArguments(torrent, receipt));
        if (exitCode == 0) {
          sum(receipt);
        }
        return exitCode;
      } catch (IOException | StreamException broken) {
        if (parts.endsNow()) {
          return Peerlet.FAILED; // a signal ends us: not worth a word
        }
        throw broken;
      }
    }
  }

  /** The start script, which sets itself here; each part of the demo is started by it. */
  private static String script() {
    String script = System.getenv("PEERLET_SCRIPT");
    return script == null ? "peerlet" : script;
  }

  /** Starts the site; the URL of its torrent. */
  private String publish(DemoParts parts) throws IOException, StreamException {
    say("Starting a site: tracker and server …");
    int port = freePort(); // all is there before the server looks for it
    String origin = "http://127.0.0.1:" + port + "/";
    Path site = parts.folder().resolve("site");
    parts.write(() -> writeSite(site, origin));
    parts.start("site", List.of("serve", site.toString(), "--port=" + port)).line();
    return origin + "clip.torrent";
  }

  private void writeSite(Path site, String origin) throws IOException, StreamException {
    Path published = Files.copy(clip, Files.createDirectory(site).resolve("clip.mp4"));
    Files.write(
        site.resolve("clip.torrent"),
        TorrentMaker.make(
            published,
            TorrentMaker.Options.defaults()
                .withPieceLength(PieceLength.choose(Files.size(clip), CLIP_SECONDS))
                .withTrackers(List.of(origin + "announce"))
                .withWebSeeds(List.of(origin + "clip.mp4"))));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts the viewers side by side, and lets them see the whole clip. */
  private void watch(DemoParts parts, String torrent)
      throws IOException, InterruptedException, StreamException {
    say("Two viewers watch the clip …");
    List<Part> viewers = new ArrayList<>();
    for (String name : VIEWERS) {
      String cache = parts.folder().resolve(name).toString();
      viewers.add(parts.start(name, List.of("stream", torrent, "--share", "on", "--cache", cache)));
    }
    HttpClient client = HttpClient.newHttpClient();
    long length = Files.size(clip);
    for (Part viewer : viewers) {
      URI url = URI.create(viewer.line());
      for (long first = 0; first < length; first += GLANCE_BYTES) {
        String range = "bytes=" + first + "-" + (first + GLANCE_BYTES - 1);
        client.send(
            HttpRequest.newBuilder(url).header("Range", range).build(), BodyHandlers.discarding());
      }
    }
  }

  /** Our own options are the player's, but for those that the demo decides. */
  private List<String> playArguments(String torrent, Path receipt) {
    List<String> arguments =
        new ArrayList<>(List.of("play", torrent, "--receipt", receipt.toString()));
    boolean shareGiven = false;
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      String name = given.longestName();
      if (given.hidden() || name.equals("--receipt")) {
        continue;
      }
      shareGiven |= name.equals("--share");
      arguments.add(name);
      if (given.arity().max() > 0) {
        arguments.add(given.originalStringValues().get(0));
      }
    }
    if (!shareGiven) {
      arguments.addAll(List.of("--share", "on"));
    }
    return arguments;
  }

  private static void sum(Path receipt) throws IOException {
    JsonNode played = new ObjectMapper().readTree(receipt.toFile());
    say(
        String.format(
            Locale.ROOT,
            "The player got %.1f MB from other viewers and %.1f MB from the site.",
            played.path("bytesFromPeers").asLong() / 1e6,
            played.path("bytesFromOrigin").asLong() / 1e6));
  }

  private static void say(String step) {
    System.out.println(step);
  }
}
