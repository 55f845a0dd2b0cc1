package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.peerlet.core.media.Boxes.aac;
import static org.peerlet.core.media.Boxes.avc;
import static org.peerlet.core.media.Boxes.box;
import static org.peerlet.core.media.Boxes.bytes;
import static org.peerlet.core.media.Boxes.fixedSizes;
import static org.peerlet.core.media.Boxes.ints;
import static org.peerlet.core.media.Boxes.longs;
import static org.peerlet.core.media.Boxes.moov;
import static org.peerlet.core.media.Boxes.sizes;
import static org.peerlet.core.media.Boxes.table;
import static org.peerlet.core.media.Boxes.trak;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

class Mp4IndexTest {
  private static final long FILE_LENGTH = 10_000;

  /**
   * Picture: six samples a second apart, syncs at 0 s and 3 s, two a chunk. Sound: three samples
   * two seconds apart, one a chunk, between the picture's chunks.
   */
  private static final byte[] INTERLEAVED =
      moov(
          trak(
              "vide",
              avc(100),
              table("stts", 6, 1000),
              table("stss", 1, 4),
              table("stsc", 1, 2, 1),
              sizes(500, 100, 100, 300, 100, 100),
              table("stco", 1000, 1700, 2200)),
          trak(
              "soun",
              aac(),
              table("stts", 3, 2000),
              table("stsc", 1, 1, 1),
              sizes(100, 100, 100),
              box("co64", ints(0, 3), longs(1600, 2100, 2400))));

  @Test
  void knowsWhatThereIs() throws StreamException {
    Mp4Index index = Mp4Index.parse(INTERLEAVED, FILE_LENGTH);
    assertThat(index.duration()).isEqualTo(seconds(6));
    assertThat(index.bitsPerSecond()).isEqualTo(1500 * 8 / 6);
    assertThat(index.mediaFirst()).isEqualTo(1000);
    assertThat(index.isFragmented()).isFalse();
    assertThat(index.tracks())
        .extracting(Mp4Track::kind)
        .containsExactly(TrackKind.VIDEO, TrackKind.AUDIO);
  }

  @Test
  void endByteCoversAllTracksAndNeverFalls() throws StreamException {
    Mp4Index index = Mp4Index.parse(INTERLEAVED, FILE_LENGTH);
    // The first sound sample stands behind the picture's first chunk.
    assertThat(index.endByteFor(seconds(0))).isEqualTo(1700);
    assertThat(index.endByteFor(Duration.ofMillis(1999))).isEqualTo(1700);
    assertThat(index.endByteFor(seconds(2))).isEqualTo(2200);
    assertThat(index.endByteFor(seconds(4))).isEqualTo(2500);
    assertThat(index.endByteFor(seconds(1_000_000_000_000_000L))).isEqualTo(2500);
    assertThat(index.endByteFor(seconds(-5))).isEqualTo(1700);
  }

  @Test
  void firstByteIsThatOfTheSyncSample() throws StreamException {
    Mp4Index index = Mp4Index.parse(INTERLEAVED, FILE_LENGTH);
    assertThat(index.firstByteFor(seconds(0))).isEqualTo(1000);
    assertThat(index.firstByteFor(Duration.ofMillis(2999))).isEqualTo(1000);
    // Picture from 1800; sound of second 2 stands at 2100.
    assertThat(index.firstByteFor(seconds(3))).isEqualTo(1800);
    assertThat(index.firstByteFor(seconds(100))).isEqualTo(1800);
    assertThat(index.firstByteFor(seconds(-1))).isEqualTo(1000);
  }

  @Test
  void playableUntilTheFirstMissingByte() throws StreamException {
    Mp4Index index = Mp4Index.parse(INTERLEAVED, FILE_LENGTH);
    assertThat(index.playableUntil(seconds(0), 1699)).isEqualTo(seconds(0));
    assertThat(index.playableUntil(seconds(0), 1700)).isEqualTo(seconds(2));
    assertThat(index.playableUntil(seconds(0), 2199)).isEqualTo(seconds(2));
    assertThat(index.playableUntil(seconds(0), 2499)).isEqualTo(seconds(4));
    assertThat(index.playableUntil(seconds(0), 2500)).isEqualTo(seconds(6));
    assertThat(index.playableUntil(seconds(5), 1700)).isEqualTo(seconds(5));
  }

  @Test
  void playableUntilAcrossRuns() throws StreamException {
    Mp4Index index = Mp4Index.parse(INTERLEAVED, FILE_LENGTH);
    // All but the bytes 1900 to 2100, which the picture's sample at 3 s needs.
    Mp4Index.Availability holed = at -> at < 1900 ? 1900 : at < 2100 ? at : FILE_LENGTH;
    assertThat(index.playableUntil(seconds(0), holed)).isEqualTo(seconds(3));
    assertThat(index.playableUntil(seconds(3), holed)).isEqualTo(seconds(3));
    Mp4Index.Availability tail = at -> at < 1800 ? at : FILE_LENGTH;
    assertThat(index.playableUntil(seconds(0), tail)).isEqualTo(seconds(0));
    assertThat(index.playableUntil(seconds(4), tail)).isEqualTo(seconds(6));
    assertThat(index.playableUntil(seconds(9), tail)).isEqualTo(seconds(9));
  }

  @Test
  void readsTracksThatFollowEachOther() throws StreamException {
    byte[] moov =
        moov(
            trak(
                "vide",
                avc(77),
                table("stts", 4, 1000),
                table("stsc", 1, 4, 1),
                // Sizes of 4 bits: 1, 2, 3, 4.
                box("stz2", ints(0, 4, 4), bytes(0x12, 0x34)),
                table("stco", 100)),
            trak(
                "soun",
                aac(),
                table("stts", 4, 1000),
                table("stsc", 1, 1, 1, 2, 3, 1),
                box("stz2", ints(0, 16, 4), bytes(0, 5, 0, 5, 0, 5, 1, 5)),
                table("stco", 500, 505)));
    Mp4Index index = Mp4Index.parse(moov, FILE_LENGTH);
    assertThat(index.endByteFor(seconds(0))).isEqualTo(505);
    assertThat(index.endByteFor(seconds(3))).isEqualTo(515 + 0x105);
    assertThat(index.firstByteFor(seconds(2))).isEqualTo(103);
    Mp4Index.Availability bothHeads = at -> at < 106 ? 106 : at < 500 ? at : 515;
    assertThat(index.playableUntil(seconds(0), bothHeads)).isEqualTo(seconds(3));
  }

  @Test
  void countsRawSoundByChunk() throws StreamException {
    byte[] moov =
        moov(
            trak(
                "soun",
                box("sowt", new byte[28]),
                table("stts", 2_000_000_000, 1),
                table("stsc", 1, 1_000_000_000, 1),
                fixedSizes(2, 2_000_000_000),
                box("co64", ints(0, 2), longs(0, 2_000_000_000L))));
    Mp4Index index = Mp4Index.parse(moov, 4_000_000_000L);
    assertThat(index.duration()).isEqualTo(seconds(2_000_000));
    assertThat(index.endByteFor(seconds(999_999))).isEqualTo(2_000_000_000L);
    assertThat(index.endByteFor(seconds(1_000_000))).isEqualTo(4_000_000_000L);
  }

  @Test
  void appliesEditLists() throws StreamException {
    // A pause of 2 s (movie timescale 1000), then from 500 ms of the media on.
    byte[] edts = box("edts", box("elst", ints(0, 2, 2000, -1, 0x10000, 3000, 500, 0x10000)));
    byte[] moov =
        moov(
            trak(
                1,
                "vide",
                edts,
                avc(100),
                table("stts", 3, 1000),
                table("stsc", 1, 1, 1),
                sizes(10, 10, 10),
                table("stco", 0, 10, 20)));
    Mp4Index index = Mp4Index.parse(moov, FILE_LENGTH);
    assertThat(index.duration()).isEqualTo(Duration.ofMillis(4500));
    assertThat(index.endByteFor(Duration.ofMillis(2499))).isEqualTo(10);
    assertThat(index.endByteFor(Duration.ofMillis(2500))).isEqualTo(20);
    assertThat(index.playableUntil(seconds(0), 10)).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void seeksByTimesOfShowing() throws StreamException {
    // The edit skips a reordering delay of 100 ms: the sync sample decoded at 900 shows at 1000.
    byte[] edts = box("edts", box("elst", ints(0, 1, 2000, 100, 0x10000)));
    byte[] moov =
        moov(
            trak(
                1,
                "vide",
                edts,
                avc(100),
                table("stts", 2, 1000),
                table("ctts"),
                table("stsc", 1, 1, 1),
                sizes(10, 10),
                table("stco", 0, 10)));
    Mp4Index index = Mp4Index.parse(moov, FILE_LENGTH);
    assertThat(index.endByteFor(Duration.ofMillis(900))).isEqualTo(20);
    assertThat(index.firstByteFor(Duration.ofMillis(999))).isZero();
    assertThat(index.firstByteFor(seconds(1))).isEqualTo(10);
  }

  @Test
  void leavesOutWhatIsNotPlayed() throws StreamException {
    byte[][] far = {table("stts", 1, 1000), table("stsc", 1, 1, 1), sizes(10), table("stco", 9000)};
    byte[][] near = {table("stts", 1, 1000), table("stsc", 1, 1, 1), sizes(10), table("stco", 0)};
    byte[] moov =
        moov(
            trak("text", box("text"), far),
            trak("vide", box("jpeg", new byte[78]), far),
            trak(0, "soun", new byte[0], aac(), far),
            trak("soun", aac(), near),
            trak("vide", avc(100), near));
    Mp4Index index = Mp4Index.parse(moov, FILE_LENGTH);
    assertThat(index.endByteFor(seconds(1))).isEqualTo(10);
    assertThat(index.tracks())
        .extracting(Mp4Track::played)
        .containsExactly(false, true, false, true);
    // Where none is switched on, the first is played.
    Mp4Index off = Mp4Index.parse(moov(trak(0, "vide", new byte[0], avc(100), far)), FILE_LENGTH);
    assertThat(off.endByteFor(seconds(0))).isEqualTo(9010);
  }

  @Test
  void answersForTheWholeFileWithoutSamples() throws StreamException {
    byte[] empty =
        moov(
            trak("vide", avc(100), table("stts"), table("stsc"), sizes(), table("stco")),
            box("mvex"));
    Mp4Index index = Mp4Index.parse(empty, FILE_LENGTH);
    assertThat(index.isFragmented()).isTrue();
    assertThat(index.duration()).isZero();
    assertThat(index.bitsPerSecond()).isZero();
    assertThat(index.mediaFirst()).isZero();
    assertThat(index.firstByteFor(seconds(3))).isZero();
    assertThat(index.endByteFor(seconds(3))).isEqualTo(FILE_LENGTH);
    assertThat(index.playableUntil(seconds(3), FILE_LENGTH)).isEqualTo(seconds(3));
    assertThat(index.playableUntil(seconds(3), at -> at)).isEqualTo(seconds(3));
  }

  @Test
  void refusesTablesThatContradictThemselves() {
    byte[] stts = table("stts", 2, 1000);
    byte[] stsc = table("stsc", 1, 1, 1);
    byte[] stco = table("stco", 0, 10);
    refused(stts, stsc, sizes(10, 10), table("stco", 0));
    refused(stts, stsc, sizes(10, 10), box("stco", ints(0, 1 << 30)));
    refused(stts, stsc, box("stsz", ints(0, 0, -1)), stco);
    refused(stts, table("stsc", 2, 1, 1), sizes(10, 10), stco);
    refused(stts, table("stsc"), sizes(10, 10), stco);
    refused(stts, stsc, sizes(10, 10), table("stco", 0, 20_000));
    refused(stts, stsc, sizes(10, 10), box("co64", ints(0, 2), longs(0, -1)));
    refused(stts, stsc, box("stz2", ints(0, 5, 2), bytes(1, 1, 1, 1)), stco);
    refused(table("stts", -1, Integer.MAX_VALUE), stsc, fixedSizes(1, -1), stco);
    refused(
        table("stts", -1, Integer.MAX_VALUE),
        table("stsc", 1, -1, 1),
        fixedSizes(1, -1),
        table("stco", 0));
    refused(stsc, sizes(10, 10), stco);
    refused(stts, sizes(10, 10), stco);
    refused(stts, stsc, sizes(10, 10));
    refused(stts, stsc, stco);
  }

  private static void refused(byte[]... tables) {
    refusedMoov(moov(trak("vide", avc(100), tables)));
  }

  @Test
  void refusesWhatIsNoIndex() {
    refusedMoov(new byte[0]);
    refusedMoov(box("free"));
    refusedMoov(box("moov"));
    refusedMoov(box("moov", box("mvhd", ints(0, 0, 0, 0, 0))));
    refusedMoov(box("moov", box("mvhd", ints(0, 0, 0, 1000, 0)), ints(3), ints(0)));
    refusedMoov(new byte[Mp4Boxes.MAX_MOOV_BYTES + 1]);
    byte[][] traks = new byte[65][];
    Arrays.fill(traks, trak("soun", aac()));
    refusedMoov(moov(traks));
  }

  private static void refusedMoov(byte[] moov) {
    assertThatThrownBy(() -> Mp4Index.parse(moov, FILE_LENGTH))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNPLAYABLE_FORMAT));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
