package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.StreamStatus.OriginUse;
import org.peerlet.core.StreamStatus.Waiting;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.core.schedule.FileLayout;
import org.peerlet.core.schedule.OriginPolicy.Reason;
import org.peerlet.core.schedule.OriginPolicy.Verdict;
import org.peerlet.fixtures.media.Media;

class StatusFiguresTest {
  private static final long RATE = 1000;
  private static final OptionalLong NO_READER = OptionalLong.empty();

  @Test
  void isNotKnownWithoutAPosition() throws Exception {
    assertThat(StatusFigures.ahead(null, null, NO_READER, List.of(), RATE)).isNull();
    assertThat(StatusFigures.ahead(MediaIndex.of(Media.CLIP_10S), null, NO_READER, List.of(), RATE))
        .isNull();
  }

  @Test
  void goesByTheRateWithoutAnIndex() {
    List<ByteSpan> spans = List.of(new ByteSpan(0, 2000), new ByteSpan(3000, 9000));
    assertThat(byRate(500, spans)).isEqualTo(Duration.ofMillis(1500));
    assertThat(byRate(2000, spans)).isZero();
    assertThat(byRate(2500, spans)).isZero();
    assertThat(byRate(3000, spans)).isEqualTo(Duration.ofSeconds(6));
  }

  private static @Nullable Duration byRate(long readTo, List<ByteSpan> spans) {
    return StatusFigures.ahead(null, null, OptionalLong.of(readTo), spans, RATE);
  }

  @Test
  void goesByTheIndexFromThePlaybackPosition() throws Exception {
    Mp4Index index = MediaIndex.of(Media.CLIP_10S);
    List<ByteSpan> spans =
        List.of(
            new ByteSpan(0, index.endByteFor(Duration.ofSeconds(4))),
            new ByteSpan(index.endByteFor(Duration.ofSeconds(6)), Media.CLIP_10S.bytes().length));
    // The reader is elsewhere; what counts is what is shown.
    OptionalLong reader = OptionalLong.of(spans.get(0).end());
    assertThat(StatusFigures.ahead(index, Duration.ofSeconds(1), reader, spans, RATE))
        .isBetween(Duration.ofMillis(2800), Duration.ofMillis(3500));
    assertThat(StatusFigures.ahead(index, Duration.ofSeconds(5), reader, spans, RATE)).isZero();
  }

  @Test
  void goesByTheIndexFromTheReadPosition() throws Exception {
    Mp4Index index = MediaIndex.of(Media.CLIP_10S);
    long from = index.endByteFor(Duration.ofSeconds(2));
    long end = index.endByteFor(Duration.ofSeconds(5));
    OptionalLong reader = OptionalLong.of(from);
    assertThat(StatusFigures.ahead(index, null, reader, List.of(new ByteSpan(0, end)), RATE))
        .isBetween(Duration.ofMillis(2800), Duration.ofMillis(3200));
    assertThat(StatusFigures.ahead(index, null, reader, List.of(new ByteSpan(0, from)), RATE))
        .isZero();
  }

  @Test
  void joinsPiecesToSpansOfTheClip() {
    // Begins in the middle of piece 0, and ends in the middle of piece 10.
    FileLayout layout = new FileLayout(50, 1000, 100, 2000);
    BitSet have = new BitSet();
    assertThat(StatusFigures.buffered(have, layout)).isEmpty();
    IntStream.of(0, 1, 5, 10, 11, 15).forEach(have::set);
    assertThat(StatusFigures.buffered(have, layout))
        .containsExactly(new ByteSpan(0, 150), new ByteSpan(450, 550), new ByteSpan(950, 1000));
  }

  @Test
  void namesWhatWasAskedAndWhatWaits() {
    List<Verdict> verdicts =
        IntStream.range(0, StatusFigures.MOST_WAITING + 3)
            .mapToObj(i -> new Verdict(100 + i, i == 0 ? Reason.OTHERS_TURN : Reason.NOT_NEAR))
            .toList();
    OriginUse use = StatusFigures.originUse(Map.of(Reason.FIRST_COPY, 3), verdicts);
    assertThat(use.pieces()).containsOnly(Map.entry("firstCopy", 3));
    assertThat(use.waiting())
        .hasSize(StatusFigures.MOST_WAITING)
        .startsWith(new Waiting(100, "othersTurn"), new Waiting(101, "notNear"));
  }

  /** The names are those of commands.md, and part of its contract. */
  @Test
  void namesEachReason() {
    assertThat(Arrays.stream(Reason.values()).map(StatusFigures::name))
        .containsExactly(
            "alone",
            "start",
            "rescue",
            "firstCopy",
            "frontCopy",
            "peersInTime",
            "othersTurn",
            "notNear");
  }
}
