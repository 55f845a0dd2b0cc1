package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.media.FastStartView;
import org.peerlet.core.media.Playability.Verdict;
import org.peerlet.fixtures.media.Media;

final class ClipInspectorTest {
  private static final int HEAD = 64 << 10;

  private final List<ByteSpan> asked = new ArrayList<>();
  private final CompletableFuture<FastStartView> served = new CompletableFuture<>();
  private int open;
  private long given;

  @Test
  void findsAnIndexThatStandsFirst() throws Exception {
    byte[] clip = Media.CLIP_10S.bytes();
    ClipInspection found = inspect(clip);
    assertThat(found.index()).isPresent();
    assertThat(found.playability().verdict()).isEqualTo(Verdict.PLAYS);
    assertThat(found.indexSpan().end()).isLessThan(HEAD);
    assertThat(typeAt(clip, found.indexSpan())).isEqualTo("moov");
    assertThat(found.silent()).isNotEmpty();
    assertThat(asked).containsExactly(new ByteSpan(0, HEAD));
  }

  @ParameterizedTest
  @EnumSource(names = {"CLIP_10S", "FRAGMENTED", "MATROSKA", "WEBM"})
  void knowsWithTheFirstBytesThatNothingIsToBeMoved(Media media) throws Exception {
    byte[] clip = media.bytes();
    ClipInspector inspector =
        new ClipInspector(
            clip.length,
            (first, end) -> {
              ContentReader reader = open(clip, first, end);
              return new ContentReader() {
                private boolean begun;

                @Override
                public int read(ByteBuffer into) throws StreamException, InterruptedException {
                  if (begun) {
                    assertThat(served.getNow(null).segments()).hasSize(1);
                  }
                  begun = true;
                  return reader.read(into);
                }

                @Override
                public void close() {
                  reader.close();
                }
              };
            },
            served);
    inspector.inspect();
    assertThat(served.getNow(null).segments())
        .containsExactly(new FastStartView.FromFile(0, clip.length, 0));
  }

  @Test
  void asksForAnIndexBehindTheMediaAtOnceAndForNoMediaBefore() throws Exception {
    byte[] clip = Media.CLIP_10S_INDEX_LAST.bytes();
    ClipInspection found = inspect(clip);
    assertThat(asked)
        .containsExactly(
            new ByteSpan(0, HEAD), new ByteSpan(found.indexSpan().first(), clip.length));
    assertThat(given).isEqualTo(1_000 + clip.length - found.indexSpan().first());
    assertThat(served.getNow(null).segments()).hasSize(3);
  }

  @Test
  void findsAnIndexAtTheEndAndReadsLittleElse() throws Exception {
    byte[] clip = Media.CLIP_10S_INDEX_LAST.bytes();
    ClipInspection found = inspect(clip);
    assertThat(found.index()).isPresent();
    assertThat(typeAt(clip, found.indexSpan())).isEqualTo("moov");
    assertThat(found.indexSpan().first()).isGreaterThan(HEAD);
    long bytes = asked.stream().mapToLong(span -> span.end() - span.first()).sum();
    long index = found.indexSpan().end() - found.indexSpan().first();
    assertThat(bytes).isLessThanOrEqualTo(HEAD + index + 64);
  }

  @Test
  void findsNoSoundToTakeOutWhereThereIsNone() throws Exception {
    assertThat(inspect(Media.CLIP_10S_SILENT.bytes()).silent()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MATROSKA", "WEBM"})
  void knowsWhatThePlayerCannotShow(Media media) throws Exception {
    ClipInspection found = inspect(media.bytes());
    assertThat(found.index()).isEmpty();
    assertThat(found.indexSpan()).isEqualTo(new ByteSpan(0, 0));
    assertThat(found.playability().verdict()).isEqualTo(Verdict.UNPLAYABLE);
    assertThat(found.playability().sentence()).endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 15, 16, 100, 1_000, HEAD, 200_000})
  void bearsAClipThatIsCutOff(int length) throws Exception {
    byte[] whole = Media.CLIP_10S_INDEX_LAST.bytes();
    ClipInspection found = inspect(Arrays.copyOf(whole, Math.min(length, whole.length - 100)));
    assertThat(found.index()).isEmpty();
    assertThat(served.getNow(null).segments()).hasSize(1);
  }

  @Test
  void bearsAnIndexOfNonsense() throws Exception {
    byte[] clip = Media.CLIP_10S.bytes();
    ByteSpan index = inspect(clip).indexSpan();
    Arrays.fill(clip, (int) index.first() + 8, (int) index.end(), (byte) 0x41);
    ClipInspection found = inspect(clip);
    assertThat(found.index()).isEmpty();
    assertThat(found.playability().verdict()).isEqualTo(Verdict.UNPLAYABLE);
    assertThat(served.getNow(null).segments()).hasSize(1);
  }

  @Test
  void endsWithTheReadersFailureAndClosesIt() {
    StreamException why = new StreamException(Reason.CLOSED, "The clip was closed.");
    ClipInspector inspector =
        new ClipInspector(
            1_000_000,
            (first, end) -> {
              open++;
              return new ContentReader() {
                @Override
                public int read(ByteBuffer into) throws StreamException {
                  throw why;
                }

                @Override
                public void close() {
                  open--;
                }
              };
            },
            served);
    assertThat(catchThrowableOfType(StreamException.class, inspector::inspect)).isSameAs(why);
    assertThat(open).isZero();
    assertThat(served).isNotDone();
  }

  private ClipInspection inspect(byte[] clip) throws StreamException, InterruptedException {
    asked.clear();
    given = 0;
    ClipInspection found =
        new ClipInspector(clip.length, (first, end) -> open(clip, first, end), served).inspect();
    assertThat(open).isZero();
    return found;
  }

  /** Gives at most 1000 bytes a read. */
  private ContentReader open(byte[] clip, long first, long end) {
    asked.add(new ByteSpan(first, end));
    open++;
    ByteBuffer left = ByteBuffer.wrap(clip, (int) first, (int) (end - first));
    return new ContentReader() {
      @Override
      public int read(ByteBuffer into) {
        if (!left.hasRemaining()) {
          return -1;
        }
        int count = Math.min(1_000, Math.min(left.remaining(), into.remaining()));
        into.put(left.slice(left.position(), count));
        left.position(left.position() + count);
        given += count;
        return count;
      }

      @Override
      public void close() {
        open--;
      }
    };
  }

  private static String typeAt(byte[] clip, ByteSpan span) {
    return new String(clip, (int) span.first() + 4, 4, StandardCharsets.US_ASCII);
  }
}
