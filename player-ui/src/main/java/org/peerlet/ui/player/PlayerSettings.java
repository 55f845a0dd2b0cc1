package org.peerlet.ui.player;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.engine.EngineOptions;
import org.peerlet.core.sharing.RememberedConsent;
import org.peerlet.core.sharing.ShareMode;

/**
 * All that a window needs.
 *
 * @param share what the command line says; it is not remembered, and the viewer is not asked
 * @param consent the viewer's remembered answer, and where a new one is kept
 * @param exitAfter how long after the first frame the window closes by itself; as long as there is
 *     none, how long after the window appeared
 * @param state what an earlier start left, and where this one tells how it stands
 * @param receipt where the JSON receipt is written at exit
 * @param processStartMillis when the process started, by the epoch
 */
public record PlayerSettings(
    TorrentSource source,
    Optional<ShareMode> share,
    RememberedConsent consent,
    EngineOptions engine,
    Optional<Duration> exitAfter,
    Optional<StateFile> state,
    Optional<Path> receipt,
    long processStartMillis) {

  /**
   * The clip to begin with: the one that an earlier start showed last, or the one that is given.
   */
  TorrentSource firstSource() {
    return state.flatMap(StateFile::source).orElse(source);
  }

  /** Where the picture is to begin. */
  Duration from() {
    return state.map(StateFile::position).orElse(Duration.ZERO);
  }

  /** What the stream may do from its start on; empty until the viewer has been asked. */
  Optional<ShareMode> sharing() {
    return share.isPresent() ? share : consent.answer();
  }
}
