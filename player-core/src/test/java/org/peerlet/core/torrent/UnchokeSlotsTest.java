package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnchokeSlotsTest {
  private final UnchokeSlots slots = new UnchokeSlots();

  @Test
  void hasWhatItsTorrentsWantTogether() {
    assertThat(slots.isEmpty()).isTrue();
    slots.set(1, 2);
    slots.set(2, 7);
    slots.set(1, 3);
    assertThat(slots.isEmpty()).isFalse();
    assertThat(slots.together(2)).isEqualTo(10);
    slots.remove(1);
    assertThat(slots.together(1)).isEqualTo(7);
  }

  @Test
  void sendsToAllWhereATorrentDoes() {
    slots.set(1, 2);
    assertThat(slots.together(2)).as("the other has said nothing").isGreaterThan(40);
    slots.set(2, Integer.MAX_VALUE);
    assertThat(slots.together(2)).isGreaterThan(Integer.MAX_VALUE);
  }
}
