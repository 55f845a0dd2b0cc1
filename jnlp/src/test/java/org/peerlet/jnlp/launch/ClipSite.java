package org.peerlet.jnlp.launch;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.peerlet.core.ClipManifest;
import org.peerlet.fixtures.media.Media;
import org.peerlet.tracker.Options;
import org.peerlet.tracker.TrackerServer;

/** A published folder of one clip, as small as it can be, and {@code serve} over it. */
final class ClipSite implements AutoCloseable {
  static final LaunchButton BUTTON =
      new LaunchButton(
          URI.create("clip.jnlp"),
          Optional.of(URI.create("clip.mp4")),
          Optional.of(URI.create("poster.jpg")),
          Optional.of(URI.create("../player/")),
          List.of(new ClipManifest.Subtitles(URI.create("clip.en.vtt"), "en", "English")));

  private final TrackerServer server;

  private ClipSite(TrackerServer server) {
    this.server = server;
  }

  static ClipSite open(Path folder) throws IOException {
    Path clip = Files.createDirectories(folder.resolve("clip"));
    Files.write(folder.resolve(LaunchButton.SCRIPT_NAME), LaunchButton.script());
    Files.writeString(folder.resolve("page.css"), "body { font: 16px sans-serif; margin: 1rem }");
    Files.copy(Media.CLIP_10S.path(), clip.resolve("clip.mp4"));
    Files.writeString(clip.resolve("clip.en.vtt"), "WEBVTT\n\n00:00.000 --> 00:09.000\nHello\n");
    Files.writeString(
        clip.resolve("clip.jnlp"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<jnlp href=\"clip.jnlp\"></jnlp>\n");
    poster(clip.resolve("poster.jpg"));
    write(folder, "clip/index.html", page("en", BUTTON.html("Play")));
    write(folder, "clip/fr.html", page("fr", BUTTON.html("Lire")));
    write(
        folder,
        "clip/no-language.html",
        page("", BUTTON.html("Play")).replace("<html lang=\"\">", "<html>"));
    write(folder, "player/index.html", page("en", "<h1>Packages</h1>"));
    return new ClipSite(TrackerServer.open(Options.serving(folder)));
  }

  /** A page of the site with the script. */
  static String page(String language, String body) {
    return """
    <!doctype html>
    <html lang="%s">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>A clip</title>
    <link rel="icon" href="poster.jpg">
    <link rel="stylesheet" href="../page.css">
    <script src="../peerlet-launch.js" defer></script>
    </head>
    <body>
    <main>
    <h1>A clip</h1>
    %s</main>
    </body>
    </html>
    """
        .formatted(language, body);
  }

  /** A page beside those of every site; before it opens, since serve looks once a second. */
  static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  URI uri(String name) {
    return server.origin().resolve(name);
  }

  private static void poster(Path file) throws IOException {
    BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, new Color(0xf2a65a), 640, 360, new Color(0x2b4a7f)));
    graphics.fillRect(0, 0, 640, 360);
    graphics.setColor(new Color(0x1d2b45));
    graphics.fillPolygon(
        new int[] {0, 220, 380, 640, 640, 0}, new int[] {300, 140, 260, 90, 360, 360}, 6);
    graphics.dispose();
    ImageIO.write(image, "jpg", file.toFile());
  }

  @Override
  public void close() {
    server.close();
  }
}
