package org.peerlet.ui.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.media.ByteSource;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.fixtures.media.Media;
import org.peerlet.ui.player.BufferedTimeline.Stretch;

class BufferedTimelineTest {
  private static final Duration NEAR = Duration.ofMillis(1500);

  @Test
  void isInProportionWithoutAnIndex() {
    BufferedTimeline line = new BufferedTimeline(Optional.empty(), Duration.ofSeconds(100), 10_000);
    assertThat(line.stretches(List.of(new ByteSpan(1000, 2000), new ByteSpan(9000, 10_000))))
        .containsExactly(
            new Stretch(Duration.ofSeconds(10), Duration.ofSeconds(20)),
            new Stretch(Duration.ofSeconds(90), Duration.ofSeconds(100)));
    assertThat(line.playableUntil(Duration.ofSeconds(15), List.of(new ByteSpan(1000, 2000))))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(line.playableUntil(Duration.ofSeconds(30), List.of(new ByteSpan(1000, 2000))))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void saysNothingWhileTheDurationIsUnknown() {
    BufferedTimeline line = new BufferedTimeline(Optional.empty(), Duration.ZERO, 0);
    assertThat(line.stretches(List.of(new ByteSpan(0, 1000)))).isEmpty();
    assertThat(line.playableUntil(Duration.ZERO, List.of(new ByteSpan(0, 1000))))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void followsTheIndex() throws Exception {
    for (Media media : List.of(Media.CLIP_60S, Media.CLIP_10S_INDEX_LAST)) {
      BufferedTimeline line = of(media);
      long length = line.lengthBytes();
      Duration whole = line.duration();
      assertThat(line.stretches(List.of(new ByteSpan(0, length))))
          .containsExactly(new Stretch(Duration.ZERO, whole));
      assertThat(line.playableUntil(Duration.ZERO, List.of(new ByteSpan(0, length))))
          .isEqualTo(whole);

      Duration half = whole.dividedBy(2);
      long middle = line.index().orElseThrow().endByteFor(half);
      List<ByteSpan> first = List.of(new ByteSpan(0, middle));
      assertThat(line.playableUntil(Duration.ZERO, first)).isBetween(half, half.plus(NEAR));
      Stretch rest = line.stretches(List.of(new ByteSpan(middle, length))).get(0);
      assertThat(rest.first()).isBetween(half, half.plus(NEAR));
      assertThat(rest.end()).isEqualTo(whole);
    }
  }

  @Test
  void seesAGap() throws Exception {
    BufferedTimeline line = of(Media.CLIP_60S);
    Mp4Index index = line.index().orElseThrow();
    long gap = index.endByteFor(Duration.ofSeconds(10));
    List<ByteSpan> spans =
        List.of(new ByteSpan(0, gap), new ByteSpan(gap + 50_000, line.lengthBytes()));
    assertThat(line.playableUntil(Duration.ofSeconds(5), spans))
        .isBetween(Duration.ofSeconds(10), Duration.ofMillis(11_500));
    assertThat(line.playableUntil(Duration.ofSeconds(30), spans)).isEqualTo(line.duration());
    assertThat(line.stretches(spans)).hasSize(2);
  }

  private static BufferedTimeline of(Media media) throws IOException, StreamException {
    byte[] bytes = media.bytes();
    Mp4Index index =
        Mp4Index.read(
            new ByteSource() {
              @Override
              public long length() {
                return bytes.length;
              }

              @Override
              public int read(long position, ByteBuffer into) {
                int count = (int) Math.min(into.remaining(), bytes.length - position);
                into.put(bytes, (int) position, count);
                return count;
              }
            });
    return new BufferedTimeline(Optional.of(index), index.duration(), bytes.length);
  }
}
