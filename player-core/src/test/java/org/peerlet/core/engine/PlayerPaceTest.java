package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamStatus.ByteSpan;
import org.peerlet.core.http.ReadLimit;
import org.peerlet.core.media.Mp4Index;
import org.peerlet.fixtures.media.Media;

final class PlayerPaceTest {
  private static final ByteSpan INDEX_SPAN = new ByteSpan(40, 4_000);

  @Test
  void holdsAPlayerToWhatItShowsInAQuarterOfAMinute() throws Exception {
    Mp4Index index = MediaIndex.of(Media.CLIP_60S);
    for (int second : new int[] {0, 20, 40}) {
      long end = index.endByteFor(Duration.ofSeconds(second + 15));
      assertThat(PlayerPace.limit(index, INDEX_SPAN, Duration.ofSeconds(second)))
          .isEqualTo(new ReadLimit(end, List.of(INDEX_SPAN)));
    }
  }

  /** Behind the media there may be boxes, and a player waits until the body ends. */
  @Test
  void letsAPlayerReadToTheEndOfTheFileOnceItMayHaveAllTheMedia() throws Exception {
    Mp4Index index = MediaIndex.of(Media.CLIP_60S);
    for (int second : new int[] {46, 60, 1_000}) {
      assertThat(PlayerPace.limit(index, INDEX_SPAN, Duration.ofSeconds(second)))
          .isEqualTo(ReadLimit.NONE);
    }
  }
}
