package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.fixtures.media.Media;

/** threats.md T10: whatever the bytes, an index or a {@link StreamException} comes out. */
class Mp4MutationTest {
  /** More with {@code -Dpeerlet.mutants=10000000}, for the long run that threats.md asks for. */
  private static final int MUTANTS = Integer.getInteger("peerlet.mutants", 20_000);

  private static final int[] EXTREMES = {
    0, 1, 7, 8, 15, 16, -1, Integer.MAX_VALUE, 1 << 31, 1 << 30
  };

  /** An index to break, and the length of the file it is from. */
  private record Original(ByteBuffer moov, long fileLength) {}

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // That none hangs; not a measure of speed.
  void onlyStreamExceptionsEscape() throws StreamException {
    long seed = System.nanoTime();
    System.out.println("Mp4MutationTest seed " + seed);
    Random random = new Random(seed);
    List<Original> originals = originals();
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Original original = originals.get(random.nextInt(originals.size()));
      byte[] mutant = mutate(original.moov().array(), random);
      try {
        Mp4Index index = Mp4Index.parse(mutant, original.fileLength());
        use(index, original.fileLength(), random);
        accepted++;
      } catch (StreamException e) {
        assertThat(e.reason()).isEqualTo(Reason.UNPLAYABLE_FORMAT);
        assertThat(e.sentence()).endsWith(".");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + i + " of seed " + seed, e);
      }
    }
    assertThat(accepted).isBetween(MUTANTS / 100, MUTANTS / 100 * 99);
  }

  private static void use(Mp4Index index, long fileLength, Random random) {
    assertThat(index.duration().isNegative()).isFalse();
    assertThat(index.bitsPerSecond()).isNotNegative();
    Duration position = Duration.ofMillis(random.nextInt(20_000) - 100);
    assertThat(index.endByteFor(position)).isBetween(0L, fileLength);
    assertThat(index.firstByteFor(position)).isBetween(0L, fileLength);
    assertThat(index.playableUntil(position, fileLength / 2)).isGreaterThanOrEqualTo(position);
    assertThat(index.playableUntil(position, at -> at + 1000)).isGreaterThanOrEqualTo(position);
    Playability.of(index);
    SilentView.withoutUnplayableSound(index, 0);
  }

  private static List<Original> originals() {
    List<Original> originals = new ArrayList<>();
    for (Media media :
        List.of(Media.CLIP_10S_INDEX_LAST, Media.FRAGMENTED, Media.OPUS_AUDIO, Media.H264_10BIT)) {
      byte[] file = media.bytes();
      Mp4Boxes.Step step = Mp4Boxes.begin(file.length);
      while (step instanceof Mp4Boxes.NeedBytes needed) {
        int first = (int) needed.first();
        ByteBuffer rest = ByteBuffer.wrap(file, first, file.length - first);
        step = Mp4Boxes.next(needed, rest, file.length);
      }
      Mp4Boxes.Found found = (Mp4Boxes.Found) step;
      originals.add(
          new Original(
              ByteBuffer.wrap(
                  Arrays.copyOfRange(file, (int) found.moovFirst(), (int) found.moovEnd())),
              file.length));
    }
    return originals;
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] mutant = original.clone();
    ByteBuffer buffer = ByteBuffer.wrap(mutant);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      // Structure is denser at the start of each track; half of the mutations go to the first 1 %.
      int at = random.nextInt(random.nextBoolean() ? mutant.length - 8 : 700);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] = (byte) random.nextInt(256);
        case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> buffer.putInt(at & ~3, EXTREMES[random.nextInt(EXTREMES.length)]);
        case 3 -> buffer.putInt(at, random.nextInt());
        default ->
            System.arraycopy(
                original,
                random.nextInt(original.length - 64),
                mutant,
                Math.min(at, mutant.length - 64),
                64);
      }
    }
    return random.nextInt(20) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
  }
}
