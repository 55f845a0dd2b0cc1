package org.peerlet.core.media;

import org.peerlet.core.StreamException;

/**
 * How a track's samples are coded, from its sample description (ISO/IEC 14496-12, 14496-15).
 *
 * @param fourCc the sample entry's type: {@code avc1}, {@code mp4a}…
 * @param profile of H.264 (profile_idc) or HEVC (general_profile_idc), else 0
 * @param bitDepth of HEVC luma, else 8
 * @param objectType of {@code mp4a}: MPEG-4 systems' objectTypeIndication, 0 if not said
 * @param audioObjectType of AAC (ISO/IEC 14496-3), 0 if not said
 */
public record SampleFormat(
    String fourCc, int profile, int bitDepth, int objectType, int audioObjectType) {

  private static final int VIDEO_ENTRY_BYTES = 78;
  private static final int AUDIO_ENTRY_BYTES = 28;

  private static final int ES_DESCRIPTOR = 3;
  private static final int DECODER_CONFIG = 4;
  private static final int DECODER_SPECIFIC = 5;

  static SampleFormat read(Box entry, TrackKind kind) throws StreamException {
    return kind == TrackKind.VIDEO ? video(entry) : audio(entry);
  }

  private static SampleFormat video(Box entry) throws StreamException {
    Box avc = entry.child("avcC", VIDEO_ENTRY_BYTES);
    if (avc != null) {
      return new SampleFormat(entry.type(), avc.u8(1), 8, 0, 0);
    }
    Box hevc = entry.child("hvcC", VIDEO_ENTRY_BYTES);
    if (hevc != null) {
      return new SampleFormat(entry.type(), hevc.u8(1) & 31, 8 + (hevc.u8(17) & 7), 0, 0);
    }
    return new SampleFormat(entry.type(), 0, 8, 0, 0);
  }

  /** QuickTime's entries of version 1 and 2 are longer, and may hide the esds in a wave box. */
  private static SampleFormat audio(Box entry) throws StreamException {
    int version = entry.u16(8);
    int skip = AUDIO_ENTRY_BYTES + (version == 1 ? 16 : version == 2 ? 36 : 0);
    Box esds = entry.child("esds", skip);
    if (esds == null) {
      Box wave = entry.child("wave", skip);
      esds = wave == null ? null : wave.child("esds");
    }
    return esds == null
        ? new SampleFormat(entry.type(), 0, 8, 0, 0)
        : ofDescriptors(entry.type(), esds);
  }

  /** ISO/IEC 14496-1, 7.2.6: descriptors nested in a fixed order. */
  private static SampleFormat ofDescriptors(String fourCc, Box esds) throws StreamException {
    int at = descriptor(esds, 4, ES_DESCRIPTOR);
    if (at < 0) {
      return new SampleFormat(fourCc, 0, 8, 0, 0);
    }
    int flags = esds.u8(at + 2);
    at += 3;
    at += (flags & 0x80) != 0 ? 2 : 0;
    at += (flags & 0x40) != 0 ? 1 + esds.u8(at) : 0;
    at += (flags & 0x20) != 0 ? 2 : 0;
    at = descriptor(esds, at, DECODER_CONFIG);
    if (at < 0) {
      return new SampleFormat(fourCc, 0, 8, 0, 0);
    }
    int objectType = esds.u8(at);
    int specific = at + 13 < esds.size() ? descriptor(esds, at + 13, DECODER_SPECIFIC) : -1;
    return new SampleFormat(
        fourCc, 0, 8, objectType, specific < 0 ? 0 : audioObjectType(esds, specific));
  }

  /** The payload of the descriptor at an offset, or -1 if it has another tag. */
  private static int descriptor(Box esds, int at, int tag) throws StreamException {
    if (esds.u8(at) != tag) {
      return -1;
    }
    int next = at + 1;
    for (int i = 0; i < 3 && (esds.u8(next) & 0x80) != 0; i++) {
      next++;
    }
    return next + 1;
  }

  private static int audioObjectType(Box esds, int at) throws StreamException {
    int type = esds.u8(at) >> 3;
    return type == 31 ? 32 + ((esds.u8(at) & 7) << 3 | esds.u8(at + 1) >> 5) : type;
  }
}
