package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.media.Boxes.ascii;
import static org.peerlet.core.media.Boxes.avc;
import static org.peerlet.core.media.Boxes.box;
import static org.peerlet.core.media.Boxes.fixedSizes;
import static org.peerlet.core.media.Boxes.ints;
import static org.peerlet.core.media.Boxes.join;
import static org.peerlet.core.media.Boxes.largeBox;
import static org.peerlet.core.media.Boxes.longs;
import static org.peerlet.core.media.Boxes.moov;
import static org.peerlet.core.media.Boxes.table;
import static org.peerlet.core.media.Boxes.trak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.media.Mp4Boxes.Found;
import org.peerlet.core.media.Mp4Boxes.NeedBytes;
import org.peerlet.core.media.Mp4Boxes.Passed;
import org.peerlet.core.media.Mp4Boxes.Step;
import org.peerlet.fixtures.media.Media;

class FastStartViewTest {
  private static final byte[] FTYP = box("ftyp", ascii("isom"));
  private static final byte[] FREE = box("free");
  private static final byte[] MDAT = media(1, 1000);

  @Test
  void putsTheIndexInFrontOfTheMediaAndItsPadding() throws StreamException {
    byte[] file = join(FTYP, FREE, MDAT, narrow(20 + 8, 20 + 508));
    byte[] served = served(file);
    assertThat(types(served)).containsExactly("ftyp", "moov", "free", "mdat");
    assertSameSamples(file, served);
  }

  @Test
  void leavesOtherBoxesWhereTheyAre() throws StreamException {
    byte[] uuid = box("uuid", new byte[24]);
    byte[] udta = box("udta", new byte[30]);
    byte[] file = join(FTYP, uuid, MDAT, udta, narrow(44 + 8, 44 + 900), FREE, uuid);
    byte[] served = served(file);
    assertThat(types(served))
        .containsExactly("ftyp", "uuid", "moov", "mdat", "udta", "free", "uuid");
    assertSameSamples(file, served);
  }

  @Test
  void movesTheOffsetsOfMediaOnBothSides() throws StreamException {
    int size = narrow(0, 0, 0).length;
    int behind = 12 + 2 * MDAT.length + size;
    byte[] file =
        join(
            FTYP,
            MDAT,
            media(2, 1000),
            narrow(12 + 8, 12 + MDAT.length + 8, behind + 8),
            media(3, 1000));
    byte[] served = served(file);
    assertThat(types(served)).containsExactly("ftyp", "moov", "mdat", "mdat", "mdat");
    assertSameSamples(file, served);
    assertThat(offsets(served)).containsExactly(20L + size, 20L + MDAT.length + size, behind + 8L);
  }

  @Test
  void worksWithoutAFirstBox() throws StreamException {
    byte[] file = join(MDAT, narrow(8, 108));
    byte[] served = served(file);
    assertThat(types(served)).containsExactly("moov", "mdat");
    assertSameSamples(file, served);
  }

  @Test
  void movesWideOffsets() throws StreamException {
    byte[] file = join(FTYP, largeBox("mdat", new byte[1000]), wide(12 + 16, 12 + 516));
    byte[] served = served(file);
    assertThat(types(served)).containsExactly("ftyp", "moov", "mdat");
    assertThat(offsets(served))
        .isEqualTo(offsets(file).stream().map(at -> at + wide(0, 0).length).toList());
  }

  @Test
  void movesTheOffsetsOfEveryTrack() throws StreamException {
    byte[] moov =
        moov(
            track(table("stco", 20)),
            box("udta", new byte[9]),
            track(box("co64", ints(0, 1), longs(420))),
            track(table("stco", 620)));
    byte[] served = served(join(FTYP, MDAT, moov));
    assertThat(offsets(served))
        .containsExactly(20L + moov.length, 420L + moov.length, 620L + moov.length);
  }

  @Test
  void movesNoOffsetBeyond32Bits() {
    long last = (1L << 32) - 1;
    byte[] moov = narrow((int) (last - 100));
    Found found = new Found(last + 1000, last + 1000 + moov.length, new Passed(2, 12, true));
    assertThat(FastStartView.of(found, moov, found.moovEnd())).isEmpty();
    byte[] fits = narrow((int) (last - moov.length));
    assertThat(FastStartView.of(found, fits, found.moovEnd()).map(FastStartViewTest::moovOf))
        .hasValueSatisfying(moved -> assertThat(moovOffsets(moved)).containsExactly(last));
    byte[] wide = wide(last - 100, last + 5);
    Found other = new Found(last + 1000, last + 1000 + wide.length, new Passed(2, 12, true));
    assertThat(FastStartView.of(other, wide, other.moovEnd()).map(FastStartViewTest::moovOf))
        .hasValueSatisfying(
            moved ->
                assertThat(moovOffsets(moved))
                    .containsExactly(last - 100 + wide.length, last + 5 + wide.length));
  }

  @Test
  void givesAnIndexThatEndsWithTheFileItsLength() throws StreamException {
    byte[] moov = narrow(20);
    ByteBuffer.wrap(moov).putInt(0, 0); // "to the end of the file"
    byte[] served = served(join(FTYP, MDAT, moov));
    assertThat(types(served)).containsExactly("ftyp", "moov", "mdat");
  }

  @Test
  void servesTheRestAsItIs() {
    byte[] fragmented = join(FTYP, MDAT, moov(track(table("stco", 20)), box("mvex")));
    byte[] encrypted =
        join(FTYP, MDAT, moov(track(table("stco", 20), box("saio", ints(0, 1, 20)))));
    List<byte[]> files =
        List.of(
            join(FTYP, narrow(200), MDAT),
            join(FTYP, FREE, narrow(200), MDAT, MDAT),
            join(FTYP, FREE, narrow(20)),
            fragmented,
            encrypted);
    for (byte[] file : files) {
      assertThat(view(file)).isEmpty();
    }
    assertThat(view(Media.CLIP_10S.bytes())).isEmpty();
    assertThat(view(Media.FRAGMENTED.bytes())).isEmpty();
  }

  @Test
  void bearsHostileSizes() {
    byte[] whole = narrow(20, 30);
    int count = new String(whole, StandardCharsets.ISO_8859_1).indexOf("stco") + 8;
    for (int lie : new int[] {3, 1000, Integer.MAX_VALUE, -1, 1 << 30}) {
      byte[] moov = whole.clone();
      ByteBuffer.wrap(moov).putInt(count, lie);
      assertThat(view(join(FTYP, MDAT, moov))).isEmpty();
    }
    for (String type : List.of("trak", "mdia", "minf", "stbl", "stco")) {
      int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf(type) - 4;
      for (int lie : new int[] {2, 7, 1 << 20, -1}) {
        byte[] moov = whole.clone();
        ByteBuffer.wrap(moov).putInt(at, lie);
        assertThat(view(join(FTYP, MDAT, moov))).as("%s of %d", type, lie).isEmpty();
      }
    }
  }

  @Test
  void bearsAnyNonsense() {
    long seed = System.nanoTime();
    System.out.println("FastStartViewTest seed " + seed);
    Random random = new Random(seed);
    byte[] file = Media.CLIP_10S_INDEX_LAST.bytes();
    Found found = found(file);
    byte[] moov = Arrays.copyOfRange(file, (int) found.moovFirst(), (int) found.moovEnd());
    int moved = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] mutant = moov.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        ByteBuffer.wrap(mutant).putInt(random.nextInt(moov.length - 4), random.nextInt());
      }
      Optional<FastStartView> view = FastStartView.of(found, mutant, file.length);
      if (view.isPresent()) {
        moved++;
        assertWhole(view.get(), file.length);
      }
    }
    assertThat(moved).isBetween(1, 19_999);
  }

  @Test
  void saysUpToWhereTheFileIsRead() {
    int size = narrow(20).length;
    byte[] file = join(FTYP, MDAT, narrow(20), FREE);
    FastStartView view = view(file).orElseThrow();
    assertThat(view.fileEnd(0)).isZero();
    assertThat(view.fileEnd(5)).isEqualTo(5);
    assertThat(view.fileEnd(12)).isEqualTo(12);
    assertThat(view.fileEnd(12 + size)).isEqualTo(12);
    assertThat(view.fileEnd(12 + size + 1)).isEqualTo(13);
    assertThat(view.fileEnd(12 + size + MDAT.length)).isEqualTo(12 + MDAT.length);
    assertThat(view.fileEnd(file.length)).isEqualTo(file.length);
    assertThat(FastStartView.asItIs(100).fileEnd(70)).isEqualTo(70);
    assertWhole(view, file.length);
    assertWhole(FastStartView.asItIs(100), 100);
    assertWhole(FastStartView.asItIs(0), 0);
  }

  @Test
  void readsAnyPartOfTheIndex() {
    byte[] file = join(FTYP, MDAT, narrow(20));
    FastStartView.Index index = (FastStartView.Index) view(file).orElseThrow().segmentAt(12);
    ByteBuffer into = ByteBuffer.allocate(50);
    assertThat(index.read(16, 19, into)).isEqualTo(3);
    assertThat(new String(into.array(), 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("moo\0");
    assertThat(index.read(index.end() - 1, file.length, into)).isEqualTo(1);
    assertThat(index.read(12, file.length, into)).isEqualTo(46);
  }

  private static void assertWhole(FastStartView view, long length) {
    long at = 0;
    long ofFile = 0;
    for (FastStartView.Segment segment : view.segments()) {
      assertThat(segment.first()).isEqualTo(at);
      at = segment.end();
      if (segment instanceof FastStartView.FromFile part) {
        ofFile += part.end() - part.first();
        assertThat(part.fileOffset(part.end())).isBetween(0L, length);
      } else {
        ofFile += segment.end() - segment.first();
      }
    }
    assertThat(at).isEqualTo(length);
    assertThat(ofFile).isEqualTo(length);
  }

  private static byte[] media(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return box("mdat", bytes);
  }

  private static byte[] narrow(int... offsets) {
    return moov(track(table("stco", offsets)));
  }

  private static byte[] wide(long... offsets) {
    return moov(track(box("co64", ints(0, offsets.length), longs(offsets))));
  }

  private static byte[] track(byte[]... offsets) {
    return trak(
        "vide",
        avc(100),
        table("stts", 1, 1000),
        table("stsc", 1, 1, 1),
        fixedSizes(1, 1),
        join(offsets));
  }

  private static Found found(byte[] file) {
    Step step = Mp4Boxes.begin(file.length);
    while (step instanceof NeedBytes need) {
      int first = (int) need.first();
      step = Mp4Boxes.next(need, ByteBuffer.wrap(file, first, file.length - first), file.length);
    }
    return (Found) step;
  }

  private static Optional<FastStartView> view(byte[] file) {
    Found found = found(file);
    byte[] moov = Arrays.copyOfRange(file, (int) found.moovFirst(), (int) found.moovEnd());
    return FastStartView.of(found, moov, file.length);
  }

  private static byte[] served(byte[] file) {
    return rendered(view(file).orElseThrow(), file);
  }

  /** All bytes of a view of a file. */
  static byte[] rendered(FastStartView view, byte[] file) {
    ByteBuffer all = ByteBuffer.allocate(file.length);
    for (FastStartView.Segment segment : view.segments()) {
      if (segment instanceof FastStartView.Index index) {
        index.read(index.first(), index.end(), all);
      } else if (segment instanceof FastStartView.FromFile part) {
        all.put(file, (int) part.fileFirst(), (int) (part.end() - part.first()));
      }
    }
    return all.array();
  }

  private static List<String> types(byte[] file) throws StreamException {
    Box outer = Box.of(box("file", file));
    return children(outer, Box::type);
  }

  private static <T> List<T> children(Box outer, Function<Box, T> of) throws StreamException {
    List<T> all = new ArrayList<>();
    for (Box child = outer.firstChild(0); child != null; child = outer.childAfter(child)) {
      all.add(of.apply(child));
    }
    return all;
  }

  private static byte[] moovOf(FastStartView view) {
    return view.segments().stream()
        .filter(FastStartView.Index.class::isInstance)
        .map(FastStartView.Index.class::cast)
        .findFirst()
        .map(
            index -> {
              byte[] bytes = new byte[index.bytes().limit()];
              index.bytes().get(0, bytes);
              return bytes;
            })
        .orElseThrow();
  }

  private static List<Long> offsets(byte[] file) {
    Found found = found(file);
    return moovOffsets(Arrays.copyOfRange(file, (int) found.moovFirst(), (int) found.moovEnd()));
  }

  /** Read in another way than by the code under test: every table, found by its name. */
  private static List<Long> moovOffsets(byte[] moov) {
    String text = new String(moov, StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.wrap(moov);
    List<Long> all = new ArrayList<>();
    for (int at = 0; at < moov.length; at++) {
      boolean narrow = text.startsWith("stco", at);
      if (narrow || text.startsWith("co64", at)) {
        for (int i = 0; i < bytes.getInt(at + 8); i++) {
          all.add(
              narrow
                  ? bytes.getInt(at + 12 + 4 * i) & 0xffff_ffffL
                  : bytes.getLong(at + 12 + 8 * i));
        }
      }
    }
    return all;
  }

  private static void assertSameSamples(byte[] file, byte[] served) {
    List<Long> before = offsets(file);
    List<Long> after = offsets(served);
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      int from = before.get(i).intValue();
      int to = after.get(i).intValue();
      assertThat(Arrays.copyOfRange(served, to, to + 90))
          .isEqualTo(Arrays.copyOfRange(file, from, from + 90));
    }
  }
}
