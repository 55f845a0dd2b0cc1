package org.peerlet.jnlp.publish;

import java.util.Optional;

/**
 * What launches the player from a page. Without them a site is a folder of pages, torrents and
 * videos, which is whole as it is.
 *
 * @param launchScript the content of {@code peerlet-launch.js}; used where there is web start
 */
record SiteParts(Optional<WebStartPart> webStart, Optional<String> launchScript) {
  static SiteParts none() {
    return new SiteParts(Optional.empty(), Optional.empty());
  }
}
