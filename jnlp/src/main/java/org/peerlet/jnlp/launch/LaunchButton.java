package org.peerlet.jnlp.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.peerlet.core.ClipManifest;
import org.peerlet.jnlp.page.Html;

/**
 * The launch button of one clip. All addresses may be relative to the page.
 *
 * @param jnlp the clip's launch file
 * @param video what "watch here" plays
 * @param poster the picture before it plays
 * @param packages the page or folder with native packages
 * @param subtitles those of "watch here"
 */
public record LaunchButton(
    URI jnlp,
    Optional<URI> video,
    Optional<URI> poster,
    Optional<URI> packages,
    List<ClipManifest.Subtitles> subtitles) {

  /** The name that pages load the script by. */
  public static final String SCRIPT_NAME = "peerlet-launch.js";

  public LaunchButton {
    subtitles = List.copyOf(subtitles);
  }

  /** The button of a page that lies beside the clip's files, as published. */
  public static LaunchButton of(
      String videoName,
      Optional<URI> poster,
      Optional<URI> packages,
      List<ClipManifest.Subtitles> subtitles) {
    return new LaunchButton(
        URI.create("clip.jnlp"), Optional.of(URI.create(videoName)), poster, packages, subtitles);
  }

  /** The script, once for a site; UTF-8. */
  public static byte[] script() {
    try (InputStream in = LaunchButton.class.getResourceAsStream(SCRIPT_NAME)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT_NAME + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The element as HTML, on lines of its own. Without the script it is the poster and a plain link.
   *
   * @param label the link's text, as plain text in the page's language
   */
  public String html(String label) {
    StringBuilder html = new StringBuilder("<peerlet-launch");
    attribute(html, "href", jnlp.toString());
    video.ifPresent(url -> attribute(html, "video", url.toString()));
    poster.ifPresent(url -> attribute(html, "poster", url.toString()));
    packages.ifPresent(url -> attribute(html, "packages", url.toString()));
    html.append(">\n");
    poster.ifPresent(
        url -> {
          html.append("  <img class=\"poster\"");
          attribute(html, "src", url.toString());
          html.append(" alt=\"\">\n");
        });
    html.append("  <a class=\"play\"");
    attribute(html, "href", jnlp.toString());
    html.append('>').append(Html.escape(label)).append("</a>\n");
    for (ClipManifest.Subtitles each : subtitles) {
      html.append("  <track");
      attribute(html, "kind", "subtitles");
      attribute(html, "src", each.url().toString());
      attribute(html, "srclang", each.language());
      attribute(html, "label", each.label());
      html.append(">\n");
    }
    return html.append("</peerlet-launch>\n").toString();
  }

  private static void attribute(StringBuilder html, String name, String value) {
    html.append(' ').append(name).append("=\"").append(Html.escape(value)).append('"');
  }
}
