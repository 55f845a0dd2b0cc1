package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.media.Boxes.ascii;
import static org.peerlet.core.media.Boxes.box;
import static org.peerlet.core.media.Boxes.ints;
import static org.peerlet.core.media.Boxes.join;
import static org.peerlet.core.media.Boxes.largeBox;
import static org.peerlet.core.media.Boxes.longs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.media.Mp4Boxes.Found;
import org.peerlet.core.media.Mp4Boxes.NeedBytes;
import org.peerlet.core.media.Mp4Boxes.NotMp4;
import org.peerlet.core.media.Mp4Boxes.Passed;
import org.peerlet.core.media.Mp4Boxes.Step;
import org.peerlet.fixtures.media.Media;

class Mp4BoxesTest {
  private static final byte[] FTYP = box("ftyp", ascii("isom"));
  private static final byte[] MOOV = box("moov", new byte[100]);

  @Test
  void findsAnIndexAtTheStart() {
    byte[] file = join(FTYP, MOOV, box("mdat", new byte[1000]));
    assertThat(locate(file, 16)).isEqualTo(new Found(12, 120, new Passed(1, 12, false)));
  }

  @Test
  void asksOnlyForHeadersOnTheWayToAnIndexAtTheEnd() {
    byte[] file = join(FTYP, box("free"), largeBox("mdat", new byte[10_000]), MOOV);
    List<NeedBytes> asked = new ArrayList<>();
    assertThat(locate(file, 16, asked))
        .isEqualTo(new Found(file.length - 108, file.length, new Passed(3, 12, true)));
    assertThat(asked)
        .containsExactly(
            new NeedBytes(0, 16, Passed.NOTHING),
            new NeedBytes(12, 28, new Passed(1, 12, false)),
            new NeedBytes(20, 36, new Passed(2, 12, false)),
            new NeedBytes(file.length - 108, file.length - 92, new Passed(3, 12, true)));
  }

  @Test
  void knowsWhereAnIndexInFrontWouldStand() {
    byte[] media = box("mdat", new byte[100]);
    byte[] uuid = box("uuid", new byte[20]);
    assertThat(passed(FTYP, uuid, box("free"), box("wide"), media, box("udta"), MOOV))
        .isEqualTo(new Passed(6, 40, true));
    assertThat(passed(FTYP, box("free"), uuid, media, media, MOOV))
        .isEqualTo(new Passed(5, 48, true));
    assertThat(passed(media, MOOV)).isEqualTo(new Passed(1, 0, true));
    assertThat(passed(FTYP, uuid, MOOV, media)).isEqualTo(new Passed(2, 40, false));
  }

  private static Passed passed(byte[]... boxes) {
    return ((Found) locate(join(boxes), 16)).passed();
  }

  @Test
  void usesAllBytesItIsGiven() {
    byte[] file = join(FTYP, box("free"), box("mdat", new byte[10_000]), MOOV);
    List<NeedBytes> asked = new ArrayList<>();
    locate(file, 4096, asked);
    assertThat(asked).hasSize(2);
  }

  @Test
  void asksAgainWhenGivenTooLittle() {
    NeedBytes asked = new NeedBytes(0, 16, Passed.NOTHING);
    assertThat(Mp4Boxes.next(asked, ByteBuffer.wrap(FTYP, 0, 11), 1000)).isEqualTo(asked);
  }

  @Test
  void takesSizeZeroForTheRestOfTheFile() {
    byte[] file = join(FTYP, ints(0), ascii("moov"), new byte[50]);
    assertThat(locate(file, 16)).isEqualTo(new Found(12, 70, new Passed(1, 12, false)));
  }

  @Test
  void findsTheIndexOfTheFixtures() {
    for (Media media : List.of(Media.CLIP_10S, Media.CLIP_10S_INDEX_LAST, Media.FRAGMENTED)) {
      assertThat(locate(media.bytes(), 16)).as(media.fileName()).isInstanceOf(Found.class);
    }
    for (Media media : List.of(Media.MATROSKA, Media.WEBM)) {
      assertThat(locate(media.bytes(), 16)).as(media.fileName()).isEqualTo(new NotMp4());
    }
  }

  @Test
  void endsOnWhatIsNoMp4() {
    List<byte[]> files =
        List.of(
            new byte[0],
            new byte[7],
            new byte[100],
            ascii("<!doctype html><title>Not found</title>"),
            FTYP,
            join(FTYP, box("mdat", new byte[100])),
            join(FTYP, ints(1000), ascii("mdat"), new byte[16]),
            join(FTYP, ints(7), ascii("mdat"), new byte[16]),
            join(FTYP, ints(1), ascii("mdat"), longs(15), new byte[16]),
            join(FTYP, ints(1), ascii("mdat"), longs(Long.MAX_VALUE), new byte[16]),
            join(FTYP, ints(1), ascii("mdat"), longs(-1), new byte[16]),
            join(FTYP, ints(1), ascii("mdat")),
            join(FTYP, box("\0\1\2\3"), MOOV));
    for (byte[] file : files) {
      assertThat(locate(file, 16)).isEqualTo(new NotMp4());
    }
  }

  @Test
  void givesUpOnEndlessSmallBoxesAndHugeIndexes() {
    byte[][] many = new byte[65][];
    Arrays.fill(many, box("free"));
    assertThat(locate(join(join(many), MOOV), 16)).isEqualTo(new NotMp4());

    ByteBuffer head = ByteBuffer.allocate(16).putInt(Mp4Boxes.MAX_MOOV_BYTES + 1).putInt(1);
    head.put(4, ascii("moov"));
    assertThat(Mp4Boxes.next(new NeedBytes(0, 16, Passed.NOTHING), head.rewind(), 1L << 32))
        .isEqualTo(new NotMp4());
  }

  private static Step locate(byte[] file, int atOnce) {
    return locate(file, atOnce, new ArrayList<>());
  }

  private static Step locate(byte[] file, int atOnce, List<NeedBytes> asked) {
    Step step = Mp4Boxes.begin(file.length);
    while (step instanceof NeedBytes needed) {
      asked.add(needed);
      int first = (int) needed.first();
      int size = Math.min(file.length - first, Math.max(atOnce, 16));
      step = Mp4Boxes.next(needed, ByteBuffer.wrap(file, first, size), file.length);
    }
    return step;
  }
}
