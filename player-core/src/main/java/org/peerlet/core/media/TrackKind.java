package org.peerlet.core.media;

/** What a track is for. Others (subtitles, chapters, hints) are left out. */
public enum TrackKind {
  VIDEO,
  AUDIO
}
