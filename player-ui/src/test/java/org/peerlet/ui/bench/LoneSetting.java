package org.peerlet.ui.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What surrounds a lone viewer. Rates are in bitrates of the clip. */
enum LoneSetting {
  /** Nobody else, but peers may come: the origin is all there is. */
  ALONE(4, 0, 0, Subject.HTTP),
  /** Seeders that have twice what is needed. */
  ENOUGH(3, 4, 0.5, Subject.HTTP),
  /** Seeders that have hardly more than what is needed, each of them too slow alone. */
  SLOW(3, 4, 0.4, Subject.HTTP),
  /** Seeders and an origin that suffice, and a viewer who jumps about. */
  SEEK(4, 4, 1, Subject.HTTP),
  /** Seeders that suffice until all of them are gone without a sign. */
  VANISH(1.5, 4, 1, null),
  /** The origin is gone without a sign; the seeders suffice. */
  ORIGIN_SILENT(3, 4, 0.4, null),
  /** The origin refuses to connect; the seeders suffice. */
  ORIGIN_KILLED(3, 4, 0.4, null),
  /** Nobody else, and a viewer who soon has seen enough. */
  LEAVE(4, 0, 0, Subject.CHROMIUM);

  /** Where most of those who leave early do. */
  private static final double EARLY = 0.1;

  private final double originUplink;
  private final int seeders;
  private final double seederUplink;
  private final @Nullable Subject rival;

  LoneSetting(double originUplink, int seeders, double seederUplink, @Nullable Subject rival) {
    this.originUplink = originUplink;
    this.seeders = seeders;
    this.seederUplink = seederUplink;
    this.rival = rival;
  }

  double originUplink() {
    return originUplink;
  }

  int seeders() {
    return seeders;
  }

  double seederUplink() {
    return seederUplink;
  }

  /** How much of the clip is watched. */
  double watchedPart() {
    return this == LEAVE ? EARLY : 1;
  }

  /** Who takes turns in it. */
  List<Subject> subjects() {
    return rival == null ? List.of(Subject.PEERLET) : List.of(Subject.PEERLET, rival);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
