package org.peerlet.core.media;

import java.util.List;

/**
 * A sound or picture track of an MP4.
 *
 * @param played whether its bytes must be there in time: it is switched on, or the first of its
 *     kind where none is, and it is no still picture (a cover, chapter images)
 * @param formats its sample descriptions, at least one, nearly always one
 * @param moovOffset of the {@code trak} box in the {@code moov} box
 */
public record Mp4Track(TrackKind kind, boolean played, List<SampleFormat> formats, int moovOffset) {

  public Mp4Track {
    formats = List.copyOf(formats);
  }
}
