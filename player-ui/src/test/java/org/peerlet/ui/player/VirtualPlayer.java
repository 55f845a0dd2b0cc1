package org.peerlet.ui.player;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.media.Mp4Index;

/**
 * The window's way to play a clip, without a window: the real {@link BufferPolicy} over the clip's
 * real index moves a clock in place of JavaFX's. So a crowd of viewers fits one machine, and what
 * each of them sees is decided by the same code as in front of a person. Pure: time goes in.
 */
public final class VirtualPlayer {
  private final BufferedTimeline timeline;
  private final BufferPolicy policy;
  private final PlayedTime played = new PlayedTime();
  private final long startedMillis;
  private long lastMillis;
  private Duration position = Duration.ZERO;
  private Duration until = Duration.ZERO;
  private OptionalLong startupMillis = OptionalLong.empty();
  private long starvedMillis;

  /**
   * A player that wants to play from the start.
   *
   * @param askedMillis when the viewer asked for the clip, by the clock of {@link #tick}
   */
  public VirtualPlayer(Mp4Index index, long lengthBytes, long askedMillis) {
    timeline = new BufferedTimeline(Optional.of(index), index.duration(), lengthBytes);
    policy = new BufferPolicy(askedMillis);
    startedMillis = askedMillis;
    lastMillis = askedMillis;
  }

  /**
   * Lets time pass; to be called about ten times a second, as the window does.
   *
   * @param status what the window would go by
   * @param readBytes what the player has read from the start on: the picture can't go beyond it
   */
  public void tick(StreamStatus status, long readBytes, long nowMillis) {
    if (policy.moving()) {
      Duration wanted = position.plusMillis(nowMillis - lastMillis);
      Duration possible =
          timeline.playableUntil(position, List.of(new ByteSpan(0, Math.max(1, readBytes))));
      if (wanted.compareTo(possible) > 0) {
        starvedMillis += Math.min(wanted.minus(possible).toMillis(), nowMillis - lastMillis);
        wanted = possible;
      }
      position = wanted;
    }
    lastMillis = nowMillis;
    until = timeline.playableUntil(position, status.buffered());
    boolean toEnd = timeline.reachesEnd(until);
    policy.leads(status.leadsSwarm());
    BufferPolicy.Command command = policy.buffer(until.minus(position), toEnd, nowMillis);
    if (command == BufferPolicy.Command.PLAY && startupMillis.isEmpty()) {
      startupMillis = OptionalLong.of(nowMillis - startedMillis);
    }
    played.at(position, true);
  }

  /** Media time that would be on the screen. */
  public Duration position() {
    return position;
  }

  public boolean moving() {
    return policy.moving();
  }

  public boolean ended() {
    return position.compareTo(timeline.duration()) >= 0;
  }

  /** Playing time ahead of the position that is there without a gap. */
  public Duration ahead() {
    return until.minus(position);
  }

  /** From the viewer's wish to the first moving picture; empty until then. */
  public OptionalLong startupMillis() {
    return startupMillis;
  }

  public int rebuffers() {
    return policy.rebuffers();
  }

  public long rebufferMillis() {
    return policy.rebufferMillis(lastMillis);
  }

  /**
   * How long the picture stood although the window let it move, because the player had not read
   * what the window counted as there: a fault of pacing.
   */
  public long starvedMillis() {
    return starvedMillis;
  }

  public double playedSeconds() {
    return played.seconds();
  }
}
