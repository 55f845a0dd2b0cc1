package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peerlet.core.StreamException;
import org.peerlet.core.metainfo.Metainfo;
import org.peerlet.jnlp.launch.LaunchButton;
import org.peerlet.jnlp.page.ClipEntry;
import org.peerlet.jnlp.page.Feed;
import org.peerlet.jnlp.page.IndexPage;
import org.peerlet.jnlp.page.SiteAddress;
import org.peerlet.jnlp.page.SiteStyle;

/** What a site has once: its index, its feed, its look and the launch script. */
final class SitePages {
  /** What a feed reader shows of a site that it visits often; the index lists all. */
  private static final int FEED_LENGTH = 50;

  /** The list of what a tracker may track, one a line. */
  private static final String INFO_HASHES = SiteFolder.OWN + "/info-hashes.txt";

  private SitePages() {}

  /**
   * Writes those that changed.
   *
   * @param launches whether the pages have launch buttons
   */
  static void write(SiteFolder folder, SiteAddress site, boolean launches, RecordBook book)
      throws IOException, StreamException {
    List<ClipEntry> clips = new ArrayList<>();
    List<Long> torrentBytes = new ArrayList<>();
    StringBuilder infoHashes = new StringBuilder();
    for (ClipRecord each : book.newestFirst()) {
      Path torrent = folder.path(each.slug() + "/clip.torrent");
      if (Files.exists(torrent)) {
        clips.add(each.entry());
        torrentBytes.add(Files.size(torrent));
        Metainfo metainfo = Metainfo.parse(Files.readAllBytes(torrent));
        infoHashes.append(metainfo.infoHash().hex()).append('\n');
      }
    }
    folder.note(INFO_HASHES, infoHashes.toString().getBytes(StandardCharsets.UTF_8));
    folder.page("site.css", SiteStyle.css());
    folder.page("icon.svg", SiteStyle.icon());
    page(folder, "index.html", IndexPage.html(site, clips));
    int feed = Math.min(FEED_LENGTH, clips.size());
    page(folder, "feed.xml", Feed.xml(site, clips.subList(0, feed), torrentBytes.subList(0, feed)));
    if (launches) {
      folder.data(LaunchButton.SCRIPT_NAME, LaunchButton.script());
    }
  }

  private static void page(SiteFolder folder, String name, String text) throws IOException {
    folder.page(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
