package org.peerlet.ui.bench;

import java.net.URI;
import java.nio.file.Path;
import org.peerlet.core.sharing.ShareMode;
import picocli.CommandLine.Option;

/** What a program that stands for a viewer is told: what to watch with, and where the clip is. */
final class FeedOptions {
  @Option(names = "--subject", required = true)
  private Subject subject;

  @Option(names = "--torrent", required = true)
  private URI torrent;

  @Option(names = "--origin", required = true)
  private URI origin;

  @Option(names = "--clip", required = true, description = "The same clip, on this machine.")
  Path clip;

  @Option(names = "--folder", required = true, description = "For what is received.")
  private Path folder;

  /** Gets a feed ready, whatever the subject. */
  ViewerFeed feed(ShareMode share, long markBytes) throws Exception {
    return subject == Subject.BARE
        ? new BareFeed(torrent, share == ShareMode.ON, folder, LocalClip.of(clip))
        : seekingFeed(share, markBytes);
  }

  /** Gets a feed ready of which the player can go elsewhere. */
  SeekingFeed seekingFeed(ShareMode share, long markBytes) throws Exception {
    return switch (subject) {
      case PEERLET -> PeerletFeed.prepare(torrent, share, folder, markBytes);
      case HTTP -> new HttpFeed(origin, LocalClip.of(clip), markBytes);
      case BARE -> throw new IllegalArgumentException(subject + " has no player that seeks");
      case CHROMIUM -> throw new IllegalArgumentException(subject + " is a program of its own");
    };
  }
}
