package org.peerlet.ui.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.peerlet.core.StreamException;
import org.peerlet.ui.player.PlayerApp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code peerlet play}: opens the player. */
@Command(
    name = "play",
    description = "Opens the player.",
    mixinStandardHelpOptions = true,
    version = Peerlet.VERSION)
final class PlayCommand implements Callable<Integer> {
  @Mixin private SourceParameter source;
  @Mixin private ClipOptions options;
  @Mixin private WindowOptions window;

  @Override
  public Integer call() throws StreamException {
    return PlayerApp.run(window.settings(source.parse(), options), Optional.empty());
  }
}
