package org.peerlet.core.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;

/** Reads a {@code moov} box into a {@link Mp4Index} (ISO/IEC 14496-12, 8). */
final class MoovReader {
  /** Fourteen hours of 30 pictures and 47 sound samples a second; bounds memory at 130 MB. */
  private static final int MAX_SAMPLES = 4_000_000;

  /** More than any honest file needs. */
  private static final int MAX_FORMATS = 64;

  /** A shift of more than a day is no edit that a muxer makes. */
  private static final long MAX_SHIFT_MICROS = 86_400_000_000L;

  /** Headers are often rounded; one that is further off than this from the samples is wrong. */
  private static final long MAX_ROUNDING_MICROS = 1_000_000;

  private static final Set<String> STILL_PICTURES = Set.of("jpeg", "mjpa", "mjpb", "png ");

  private final long fileLength;
  private final long movieTimescale;
  private final List<Mp4Track> tracks = new ArrayList<>();
  private final List<SampleTable> tables = new ArrayList<>();
  private final List<Long> shownLaterMicros = new ArrayList<>();
  private int samples;
  private long samplesEndMicros;

  private MoovReader(Box moov, long fileLength) throws StreamException {
    this.fileLength = fileLength;
    this.movieTimescale = timescale(moov.required("mvhd"));
    List<Box> video = new ArrayList<>();
    List<Box> audio = new ArrayList<>();
    for (Box child = moov.firstChild(0); child != null; child = moov.childAfter(child)) {
      if (child.is("trak")) {
        switch (handler(child)) {
          case "vide" -> video.add(child);
          case "soun" -> audio.add(child);
          default -> {}
        }
        if (video.size() + audio.size() > Timeline.MAX_TRACKS) {
          throw Damaged.tooLarge();
        }
      }
    }
    readTracks(video, TrackKind.VIDEO);
    readTracks(audio, TrackKind.AUDIO);
  }

  static Mp4Index read(byte[] bytes, long fileLength) throws StreamException {
    if (bytes.length > Mp4Boxes.MAX_MOOV_BYTES) {
      throw Damaged.tooLarge();
    }
    Box moov = Box.of(bytes);
    if (!moov.is("moov")) {
      throw Damaged.file();
    }
    MoovReader reader = new MoovReader(moov, fileLength);
    long[] later = reader.shownLaterMicros.stream().mapToLong(Long::longValue).toArray();
    return new Mp4Index(
        reader.tracks,
        moov.child("mvex") != null,
        new Timeline(reader.tables, later),
        fileLength,
        reader.durationMicros(moov.required("mvhd")));
  }

  private static String handler(Box trak) throws StreamException {
    Box mdia = trak.child("mdia");
    Box hdlr = mdia == null ? null : mdia.child("hdlr");
    return hdlr == null ? "" : Box.text(hdlr.i32(8));
  }

  private void readTracks(List<Box> traks, TrackKind kind) throws StreamException {
    boolean anyEnabled = false;
    for (Box trak : traks) {
      anyEnabled |= isEnabled(trak);
    }
    for (Box trak : traks) {
      Box mdia = trak.required("mdia");
      Box stbl = mdia.required("minf").required("stbl");
      List<SampleFormat> formats = formats(stbl, kind);
      boolean chosen = anyEnabled ? isEnabled(trak) : trak == traks.get(0);
      boolean played = chosen && !STILL_PICTURES.contains(formats.get(0).fourCc());
      tracks.add(new Mp4Track(kind, played, formats, trak.start()));
      if (played) {
        readSamples(trak, mdia.required("mdhd"), stbl);
      }
    }
  }

  private static boolean isEnabled(Box trak) throws StreamException {
    Box tkhd = trak.child("tkhd");
    return tkhd == null || (tkhd.u8(3) & 1) != 0;
  }

  private void readSamples(Box trak, Box mdhd, Box stbl) throws StreamException {
    long timescale = timescale(mdhd);
    long shiftMicros = shiftMicros(trak.child("edts"), timescale);
    SampleClock clock = new SampleClock(stbl.required("stts"), timescale, shiftMicros);
    SampleTable table = SampleTable.read(stbl, clock, fileLength, MAX_SAMPLES - samples);
    if (table.count() == 0) {
      return;
    }
    samples += table.count();
    tables.add(table);
    // Where pictures are reordered, an edit skips the delay: sync samples show that much later.
    boolean reordered = stbl.child("ctts") != null;
    shownLaterMicros.add(reordered ? Math.max(0, -shiftMicros) : 0);
    samplesEndMicros = Math.max(samplesEndMicros, table.endMicros);
  }

  private static List<SampleFormat> formats(Box stbl, TrackKind kind) throws StreamException {
    Box stsd = stbl.required("stsd");
    List<SampleFormat> formats = new ArrayList<>();
    for (Box entry = stsd.firstChild(8); entry != null; entry = stsd.childAfter(entry)) {
      formats.add(SampleFormat.read(entry, kind));
      if (formats.size() > MAX_FORMATS) {
        throw Damaged.tooLarge();
      }
    }
    if (formats.isEmpty()) {
      throw Damaged.file();
    }
    return formats;
  }

  private static long timescale(Box header) throws StreamException {
    long timescale = header.u32(header.u8(0) == 1 ? 20 : 12);
    if (timescale == 0) {
      throw Damaged.file();
    }
    return timescale;
  }

  /** The header's duration counts edits to the end; the samples' is what there is. */
  private long durationMicros(Box mvhd) throws StreamException {
    long ticks = mvhd.u8(0) == 1 ? mvhd.i64(24) : mvhd.u32(16);
    // All ones: not known.
    boolean known = ticks > 0 && ticks != 0xffff_ffffL && ticks / movieTimescale < 1L << 31;
    long header = known ? SampleClock.micros(ticks, movieTimescale) : 0;
    boolean agrees = Math.abs(header - samplesEndMicros) <= MAX_ROUNDING_MICROS;
    return tables.isEmpty() || (known && agrees) ? header : samplesEndMicros;
  }

  /**
   * What an edit list of the common kind does to all times: a pause before the start, the skipping
   * of a first part. Later edits, which cut within the clip, are ignored.
   */
  private long shiftMicros(@Nullable Box edts, long timescale) throws StreamException {
    Box elst = edts == null ? null : edts.child("elst");
    if (elst == null) {
      return 0;
    }
    boolean wide = elst.u8(0) == 1;
    int count = elst.tableCount(4, wide ? 20 : 12);
    long pauseMicros = 0;
    for (int i = 0; i < count; i++) {
      int at = 8 + i * (wide ? 20 : 12);
      long ticks = wide ? elst.i64(at) : elst.u32(at);
      long mediaTime = wide ? elst.i64(at + 8) : elst.i32(at + 4);
      if (mediaTime >= 0) {
        return bounded(pauseMicros - bounded(mediaTime, timescale));
      }
      pauseMicros = bounded(pauseMicros + bounded(ticks, movieTimescale));
    }
    return pauseMicros;
  }

  private static long bounded(long ticks, long timescale) {
    return Math.abs(ticks / timescale) > MAX_SHIFT_MICROS / 1_000_000
        ? 0
        : bounded(SampleClock.micros(ticks, timescale));
  }

  private static long bounded(long micros) {
    return Math.abs(micros) > MAX_SHIFT_MICROS ? 0 : micros;
  }
}
