package org.peerlet.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

class MagnetUriTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef01234567";

  /** HEX in base 32, by Python's base64 module. */
  private static final String BASE32 = "AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH";

  private static final String FULL =
      "magnet:?xt=urn:btih:"
          + HEX
          + "&dn=A%20%26%20B"
          + "&tr=udp%3A%2F%2Ft.example%3A6969&tr=https%3A%2F%2Ft.example%2Fa%3Fk%3D1%2B1"
          + "&ws=https%3A%2F%2Fo.example%2Fclip.mp4"
          + "&x.pe=192.0.2.1:6881&x.pe=[2001:db8::1]:1&x.pe=peer.example:65535";

  @Test
  void readsAndWritesEverything() throws StreamException {
    MagnetUri magnet = MagnetUri.parse(FULL);
    assertThat(magnet)
        .isEqualTo(
            new MagnetUri(
                new InfoHash(HEX),
                Optional.of("A & B"),
                List.of("udp://t.example:6969", "https://t.example/a?k=1+1"),
                List.of("https://o.example/clip.mp4"),
                List.of(
                    new MagnetUri.Peer("192.0.2.1", 6881),
                    new MagnetUri.Peer("2001:db8::1", 1),
                    new MagnetUri.Peer("peer.example", 65535))));
    assertThat(magnet).hasToString(FULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "magnet:?xt=urn:btih:" + HEX,
        " MAGNET:?XT=URN:BTIH:0123456789ABCDEF0123456789ABCDEF01234567 ",
        "magnet:?xt=urn:btih:" + BASE32,
        "magnet:?xt=urn%3Abtih%3A" + HEX,
        "magnet:?xt=urn:btih:" + HEX + "&x.pe=a&x.pe=a:0&x.pe=a:65536&x.pe=:1&x.pe=a b:1&tr=ws://x",
        "magnet:?xt.1=urn:btmh:1220aa&xt.2=urn:btih:" + HEX + "&dn=%00&=&&x",
        "magnet:?dn=&amp;xt=urn:btih:" + HEX
      })
  void readsTheSameHash(String uri) throws StreamException {
    assertThat(MagnetUri.parse(uri))
        .isEqualTo(
            new MagnetUri(new InfoHash(HEX), Optional.empty(), List.of(), List.of(), List.of()));
  }

  @Test
  void keepsEightOfEach() throws StreamException {
    StringBuilder uri = new StringBuilder("magnet:?xt=urn:btih:" + HEX);
    for (int i = 0; i < 100; i++) {
      uri.append("&tr=http://t" + i + ".example/&ws=http://o" + i + ".example/&x.pe=a:" + (i + 1));
    }
    MagnetUri magnet = MagnetUri.parse(uri.toString());
    assertThat(List.of(magnet.trackers(), magnet.webSeeds(), magnet.peers()))
        .allSatisfy(kept -> assertThat(kept).hasSize(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "magnet:",
        "magnet:?",
        "http://o.example/?xt=urn:btih:" + HEX,
        "magnet:?dn=x",
        "magnet:?xt=urn:btih:0123",
        "magnet:?xt=urn:btih:AERUKZ4JVPG66AJDIVTYTK6N54ASGRL1",
        "magnet:?xt=urn:sha1:" + BASE32
      })
  void refusesWhatNamesNoTorrent(String uri) {
    assertReason(Reason.BAD_SOURCE, uri);
  }

  @Test
  void refusesVersion2AndOverlong() {
    assertReason(Reason.UNSUPPORTED_TORRENT, "magnet:?xt=urn:btmh:1220" + HEX + HEX.substring(16));
    assertReason(Reason.BAD_SOURCE, "magnet:?xt=urn:btih:" + HEX + "&dn=" + "x".repeat(64 << 10));
  }

  @Test
  void mutantsGiveAValueThatRoundTripsOrAStreamException() {
    long seed = System.nanoTime();
    System.out.println("MagnetUriTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder mutant = new StringBuilder(FULL);
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        int at = random.nextInt(mutant.length());
        if (random.nextBoolean()) {
          mutant.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
        } else {
          mutant.delete(at, Math.min(mutant.length(), at + random.nextInt(5)));
        }
      }
      try {
        MagnetUri magnet = MagnetUri.parse(mutant.toString());
        assertThat(MagnetUri.parse(magnet.toString())).as("seed %d", seed).isEqualTo(magnet);
      } catch (StreamException e) {
        assertThat(e.sentence()).endsWith(".");
      }
    }
  }

  private static void assertReason(Reason reason, String uri) {
    assertThatThrownBy(() -> MagnetUri.parse(uri))
        .isInstanceOfSatisfying(
            StreamException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
