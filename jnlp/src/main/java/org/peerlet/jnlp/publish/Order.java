package org.peerlet.jnlp.publish;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerlet.jnlp.page.SiteAddress;

/**
 * What is to be published, and how.
 *
 * @param videos none brings only the site's pages up to date
 * @param out the folder
 * @param title of the one video; empty to keep the published one or take the file's name
 * @param trackers in the order they are tried, at least one
 * @param webSeedInTorrent whether the torrent itself names the video's URL, for any client, or only
 *     the manifest does, for Peerlet
 * @param report where players may tell how it went
 * @param packages where the launch buttons lead who can't start anything from a page
 * @param link whether to link the video into the folder instead of copying it, where that works
 */
record Order(
    List<Path> videos,
    SiteAddress site,
    Path out,
    Optional<String> title,
    List<String> trackers,
    boolean webSeedInTorrent,
    Optional<URI> report,
    Optional<URI> packages,
    boolean link) {

  Order {
    videos = List.copyOf(videos);
    trackers = List.copyOf(trackers);
  }

  /** What goes into a torrent besides the video, as text that changes when any of it does. */
  String addresses() {
    return site.url() + " " + webSeedInTorrent + " " + String.join(" ", trackers);
  }
}
