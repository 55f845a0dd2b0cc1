package org.peerlet.core.media;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.peerlet.core.StreamException;

/**
 * An index whose chunk offsets hold for a file in which it stands in front of the media (ISO/IEC
 * 14496-12, 8.7.5). Takes one pass over the index and a copy of it, whatever the index says.
 */
final class MovedIndex {
  private final long frontEnd;
  private final long moovFirst;
  private final long moovEnd;
  private final ByteBuffer moved;

  private MovedIndex(Mp4Boxes.Found found, byte[] copy) {
    this.frontEnd = found.passed().frontEnd();
    this.moovFirst = found.moovFirst();
    this.moovEnd = found.moovEnd();
    this.moved = ByteBuffer.wrap(copy);
  }

  /** Nothing where it must stay where it is. */
  static Optional<byte[]> of(Mp4Boxes.Found found, byte[] moov) {
    byte[] copy = moov.clone();
    try {
      Box box = Box.of(copy);
      // Fragments have offsets of their own, all over the file.
      if (!box.is("moov") || box.child("mvex") != null) {
        return Optional.empty();
      }
      new MovedIndex(found, copy).move(box);
      return Optional.of(copy);
    } catch (StreamException damaged) {
      return Optional.empty();
    }
  }

  private void move(Box moov) throws StreamException {
    if (moved.getInt(0) == 0) {
      // "To the end of the file": that is elsewhere now.
      moved.putInt(0, moved.capacity());
    }
    for (Box trak = moov.firstChild(0); trak != null; trak = moov.childAfter(trak)) {
      Box mdia = trak.is("trak") ? trak.child("mdia") : null;
      Box minf = mdia == null ? null : mdia.child("minf");
      Box stbl = minf == null ? null : minf.child("stbl");
      if (stbl != null) {
        moveTrack(stbl);
      }
    }
  }

  private void moveTrack(Box stbl) throws StreamException {
    for (Box table = stbl.firstChild(0); table != null; table = stbl.childAfter(table)) {
      if (table.is("stco")) {
        moveNarrow(table);
      } else if (table.is("co64")) {
        moveWide(table);
      } else if (table.is("saio")) {
        // Offsets of a second kind, which encrypted media has.
        throw Damaged.file();
      }
    }
  }

  private void moveNarrow(Box stco) throws StreamException {
    int count = stco.tableCount(4, 4);
    for (int i = 0, at = 8; i < count; i++, at += 4) {
      long offset = served(stco.u32(at));
      if (offset > 0xffff_ffffL) {
        // ffmpeg would make a co64 of it, which is longer, and so would be the file.
        throw Damaged.file();
      }
      moved.putInt(stco.payload() + at, (int) offset);
    }
  }

  private void moveWide(Box co64) throws StreamException {
    int count = co64.tableCount(4, 8);
    for (int i = 0, at = 8; i < count; i++, at += 8) {
      moved.putLong(co64.payload() + at, served(co64.i64(at)));
    }
  }

  /** Where a byte of the file is served. */
  private long served(long fileOffset) {
    if (fileOffset < frontEnd || fileOffset >= moovEnd) {
      return fileOffset;
    }
    return fileOffset < moovFirst
        ? fileOffset + (moovEnd - moovFirst)
        : fileOffset - (moovFirst - frontEnd);
  }
}
