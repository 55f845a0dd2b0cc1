package org.peerlet.core.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.torrent.SwarmPeer.Kind;

final class PeerIdTest {
  @Test
  void saysWhetherItsViewerShares() {
    assertThat(PeerId.random(ShareMode.ON).text()).matches("-PR001S-[A-Za-z0-9]{12}");
    assertThat(PeerId.random(ShareMode.RECEIVE).text()).matches("-PR001R-[A-Za-z0-9]{12}");
    assertThat(PeerId.kindOf(PeerId.random(ShareMode.ON).hex())).isEqualTo(Kind.SHARING);
    assertThat(PeerId.kindOf(PeerId.random(ShareMode.RECEIVE).hex())).isEqualTo(Kind.RECEIVING);
  }

  @Test
  void isAnotherEachTime() {
    Set<PeerId> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(PeerId.random(ShareMode.ON));
    }
    assertThat(ids).hasSize(1_000);
  }

  @Test
  void isWrittenAsLibtorrentWritesThoseOfOthers() {
    assertThat(new PeerId("-PR001S-abcXYZ012345").hex())
        .isEqualTo("2d5052303031532d61626358595a303132333435");
  }

  @ParameterizedTest
  @CsvSource({
    "-PR001S-abcdefghijkl, SHARING",
    "-PR001R-abcdefghijkl, RECEIVING",
    "-PR9z9S-abcdefghijkl, SHARING",
    "-PR9z9R-abcdefghijkl, RECEIVING",
    "-PR001X-abcdefghijkl, FOREIGN",
    "-PR001SSabcdefghijkl, FOREIGN",
    "-PS001S-abcdefghijkl, FOREIGN",
    "-qB4500-abcdefghijkl, FOREIGN",
    "xxxxxxS-abcdefghijkl, FOREIGN",
    "-TR3000-S-R-S-R-S-R-, FOREIGN"
  })
  void readsWhatAPeerSaysOfItself(String id, Kind kind) {
    assertThat(PeerId.kindOf(hex(id))).isEqualTo(kind);
  }

  @Test
  void readsAnyBytes() {
    assertThat(PeerId.kindOf("00".repeat(20))).isEqualTo(Kind.FOREIGN);
    assertThat(PeerId.kindOf("ff".repeat(20))).isEqualTo(Kind.FOREIGN);
  }

  @Test
  void tellsOfThisViewerWhatItTellsOthers() {
    assertThat(self(PeerId.random(ShareMode.ON).hex())).isEqualTo(Kind.SHARING);
    assertThat(self(PeerId.random(ShareMode.RECEIVE).hex())).isEqualTo(Kind.RECEIVING);
    assertThat(SwarmStatus.NONE.selfKind()).as("no session").isEqualTo(Kind.RECEIVING);
  }

  /** A viewer who shares has a slot for everybody, sooner or later. */
  @ParameterizedTest
  @CsvSource({
    "SHARING, false, true",
    "SHARING, true, true",
    "FOREIGN, false, true",
    "FOREIGN, true, false",
    "RECEIVING, false, false",
    "RECEIVING, true, false"
  })
  void knowsWhoGives(Kind kind, boolean choking, boolean gives) {
    assertThat(new SwarmPeer("00".repeat(20), kind, choking, true, 0, new BitSet()).gives())
        .isEqualTo(gives);
  }

  private static Kind self(String id) {
    return new SwarmStatus(0, 0, 0, 0, 0, 0, 0, id, List.of(), false, 0).selfKind();
  }

  private static String hex(String id) {
    return HexFormat.of().formatHex(id.getBytes(StandardCharsets.US_ASCII));
  }
}
