package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.peerlet.core.StreamException;
import org.peerlet.jnlp.page.ClipEntry;
import org.peerlet.jnlp.page.SiteAddress;

/** What web start adds to a site: the jars that all clips share, and a launch file for each. */
interface WebStartPart {
  /**
   * Brings the jars up to date, before any clip is published. Those of an earlier player stay.
   *
   * @param folder the published folder; only what is under its {@code player} is this part's
   * @return the platforms whose viewers can launch the player, for a person
   * @throws StreamException with a sentence for the site's owner
   */
  List<String> install(Path folder, SiteAddress site) throws IOException, StreamException;

  /**
   * The content of {@code <slug>/clip.jnlp}, which passes the player the absolute URL of the clip's
   * {@code clip.json}.
   */
  String jnlp(SiteAddress site, ClipEntry clip);

  /** Removes the jars of an earlier player, when no launch file of the site names them any more. */
  void removeUnused() throws IOException;
}
