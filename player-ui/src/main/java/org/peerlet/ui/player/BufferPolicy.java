package org.peerlet.ui.player;

import java.time.Duration;

/**
 * Decides when the picture moves. JavaFX starts with no buffer at all and after a stall waits for
 * 10 s of data (facts.md, JavaFX Media 9), so buffering is done here: it starts when {@link #START}
 * is there (or more, see {@link #leads}), stops just before the buffer runs empty, and goes on when
 * as much is there again, each time a second more, up to {@link #MOST}.
 *
 * <p>Pure: what happened and when goes in, a command comes out. Times are milliseconds of any one
 * clock that does not jump.
 */
final class BufferPolicy {
  /** What the picture has to do now. */
  enum Command {
    NONE,
    PLAY,
    PAUSE
  }

  /** Rides out one slow piece; more would only make the start slower. */
  static final Duration START = Duration.ofSeconds(2);

  /**
   * More, where nobody is ahead of this viewer: what it plays next, one viewer gets from the site
   * and sends to all others, and any of them may be slow. Who is the first of all shares the site's
   * line with those who come next, and they take a while to be of use. With 2.5 s some of eight
   * together stopped; with 3 s, beside three who only receive, they started late (benchmarks.md).
   */
  static final Duration START_LEADING = Duration.ofMillis(2_750);

  /** A connection that is too slow stops less often with more, but nobody waits for ever. */
  static final Duration MOST = Duration.ofSeconds(5);

  /** About two ticks of the clock that asks: a picture that runs dry stops in JavaFX's own way. */
  private static final Duration DRY = Duration.ofMillis(250);

  /** A short wait is better left alone than announced. */
  private static final long SPINNER_MILLIS = 300;

  private Duration start = START;
  private boolean wished = true;
  private boolean filling = true;
  private boolean ranDry;
  private boolean moving;
  private long fillingSince;
  private long waitingSince;
  private int rebuffers;
  private long rebufferMillis;

  BufferPolicy(long nowMillis) {
    fillingSince = nowMillis;
  }

  /** The viewer wants the picture to move, or to stand. */
  Command wish(boolean play, long nowMillis) {
    if (play != wished) {
      settle(nowMillis);
      wished = play;
      waitingSince = nowMillis;
      fillingSince = nowMillis;
    }
    return command();
  }

  /**
   * The viewer goes elsewhere: filling begins anew, and waiting for it is not a rebuffer.
   *
   * @param ahead playing time from there on that is there without a gap
   * @param toEnd whether that reaches the end of the clip
   */
  Command seek(Duration ahead, boolean toEnd, long nowMillis) {
    settle(nowMillis);
    filling = true;
    ranDry = false;
    fillingSince = nowMillis;
    return buffer(ahead, toEnd, nowMillis);
  }

  /** Whether this viewer leads its swarm, from now on. */
  void leads(boolean leads) {
    start = leads ? START_LEADING : START;
  }

  /**
   * How much is there.
   *
   * @param ahead playing time from the position on that is there without a gap
   * @param toEnd whether that reaches the end of the clip
   */
  Command buffer(Duration ahead, boolean toEnd, long nowMillis) {
    if (filling && (toEnd || ahead.compareTo(enough()) >= 0)) {
      settle(nowMillis);
      filling = false;
      ranDry = false;
    } else if (!filling && wished && !toEnd && ahead.compareTo(DRY) < 0) {
      filling = true;
      ranDry = true;
      rebuffers++;
      fillingSince = nowMillis;
      waitingSince = nowMillis;
    }
    return command();
  }

  private Command command() {
    boolean move = wished && !filling;
    if (move == moving) {
      return Command.NONE;
    }
    moving = move;
    return move ? Command.PLAY : Command.PAUSE;
  }

  private void settle(long nowMillis) {
    rebufferMillis = rebufferMillis(nowMillis);
    waitingSince = nowMillis;
  }

  private Duration enough() {
    Duration grown = start.plusSeconds(Math.max(0, rebuffers - 1));
    return grown.compareTo(MOST) < 0 ? grown : MOST;
  }

  boolean wished() {
    return wished;
  }

  /** Whether the picture is to move now. */
  boolean moving() {
    return moving;
  }

  /** Whether the picture waits for data, though the viewer may not want it to move. */
  boolean filling() {
    return filling;
  }

  /** Whether to show the viewer that the picture waits for data. */
  boolean spinner(long nowMillis) {
    return wished && filling && nowMillis - fillingSince >= SPINNER_MILLIS;
  }

  /** How often the buffer ran empty. */
  int rebuffers() {
    return rebuffers;
  }

  /** How long the viewer has waited because of that. */
  long rebufferMillis(long nowMillis) {
    boolean waits = wished && filling && ranDry;
    return rebufferMillis + (waits ? Math.max(0, nowMillis - waitingSince) : 0);
  }
}
