package org.peerlet.jnlp.page;

import java.net.URI;
import java.util.Optional;

/**
 * The page of one clip. It works without script: what the launch button does, its link does with
 * one more click. It allows nothing inline and nothing from elsewhere (threats.md T13), and nothing
 * on it loads the video by itself.
 */
public final class LandingPage {
  private LandingPage() {}

  /**
   * The HTML of {@code <slug>/index.html}.
   *
   * @param button the launch button's HTML, which needs the site's {@code peerlet-launch.js}; empty
   *     where nothing can be launched, and the page leads to the video
   */
  public static String html(SiteAddress site, ClipEntry clip, Optional<String> button) {
    return Page.html(
        clip.title(),
        "../",
        openGraph(site, clip)
            + (button.isPresent() ? "<script src=\"../peerlet-launch.js\" defer></script>\n" : ""),
        """
        <main>
        <h1 dir="auto">%s</h1>
        %s%s<p class="facts"><time datetime="%s">%s</time> · %s</p>
        <h2>Other ways to watch</h2>
        <ul>
        <li><a href="%s">The video file</a>, for this browser or any player</li>
        <li><a href="clip.torrent">The torrent</a>, for a BitTorrent program</li>
        </ul>
        </main>
        <footer><a href="../">All videos of this site</a></footer>
        """
            .formatted(
                Html.escape(clip.title()),
                clip.poster() && button.isEmpty()
                    ? "<img class=\"poster\" src=\"poster.jpg\" alt=\"A scene of the video\">\n"
                    : "",
                button.orElseGet(
                    () ->
                        "<p><a class=\"play\" href=\"%s\">Play</a></p>\n"
                            .formatted(clip.videoName())),
                clip.durationIso(),
                clip.durationText(),
                ByteText.of(clip.bytes()),
                clip.videoName()));
  }

  /** What other sites show of a link to this page (the Open Graph protocol). */
  private static String openGraph(SiteAddress site, ClipEntry clip) {
    StringBuilder tags = new StringBuilder();
    meta(tags, "og:type", "video.other");
    meta(tags, "og:title", clip.title());
    meta(tags, "og:url", site.of(clip.slug(), "").toString());
    if (clip.poster()) {
      URI poster = site.of(clip.slug(), "poster.jpg");
      meta(tags, "og:image", poster.toString());
      meta(tags, "og:image:type", "image/jpeg");
      meta(tags, "og:image:alt", clip.title());
    }
    meta(tags, "video:duration", String.valueOf(clip.duration().toSeconds()));
    return tags.toString();
  }

  private static void meta(StringBuilder tags, String property, String content) {
    tags.append("<meta property=\"")
        .append(property)
        .append("\" content=\"")
        .append(Html.escape(content))
        .append("\">\n");
  }
}
