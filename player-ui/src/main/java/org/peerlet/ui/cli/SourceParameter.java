package org.peerlet.ui.cli;

import org.peerlet.core.StreamException;
import org.peerlet.core.TorrentSource;
import picocli.CommandLine.Parameters;

/** The clip that a command opens. */
final class SourceParameter {
  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A .torrent file, the http(s) URL of one or of a clip manifest, or a magnet URI.")
  private String source;

  TorrentSource parse() throws StreamException {
    return TorrentSource.parse(source);
  }
}
