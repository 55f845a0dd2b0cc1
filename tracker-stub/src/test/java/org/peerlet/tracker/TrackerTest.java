package org.peerlet.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.tracker.Announces.HASH;
import static org.peerlet.tracker.Announces.address;
import static org.peerlet.tracker.Announces.peerId;
import static org.peerlet.tracker.Announces.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The announce and scrape contract, rule by rule. */
class TrackerTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final Tracker tracker = new Tracker(INTERVAL, hash -> true, new Random(1));
  private long nowMillis;

  private Map<String, Object> announce(int peer, String from, String more) {
    return announce(query(HASH, peerId(peer), 6000 + peer, more), from);
  }

  private Map<String, Object> announce(String rawQuery, String from) {
    return Bdecoded.dictionary(tracker.announce(rawQuery, address(from), nowMillis));
  }

  private Map<String, Object> scrape(String rawQuery) {
    return Bdecoded.dictionary(tracker.scrape(rawQuery, address("10.0.0.99"), nowMillis));
  }

  @Test
  void answersTheFirstPeerWithNobodyAndTheIntervals() {
    assertThat(announce(1, "10.0.0.1", "&left=5&event=started"))
        .containsEntry("interval", 30L)
        .containsEntry("min interval", 10L)
        .containsEntry("complete", 0L)
        .containsEntry("incomplete", 1L)
        .containsEntry("peers", "")
        .doesNotContainKeys("peers6", "failure reason");
  }

  @Test
  void tellsOthersInCompactFormAndLeavesOutTheAskingPeer() {
    announce(1, "10.0.0.1", "&left=5");
    assertThat(announce(2, "10.0.0.2", "&left=5").get("peers"))
        .isEqualTo("\12\0\0\1" + (char) (6001 >> 8) + (char) (6001 & 0xff));
    assertThat(announce(1, "10.0.0.1", "&left=5").get("peers"))
        .isEqualTo("\12\0\0\2" + (char) (6002 >> 8) + (char) (6002 & 0xff));
  }

  @Test
  void givesDictionariesWhenCompactIsZero() {
    announce(1, "10.0.0.1", "&left=5");
    Map<String, Object> answer = announce(2, "10.0.0.2", "&left=5&compact=0");
    assertThat(answer.get("peers"))
        .isEqualTo(List.of(Map.of("ip", "10.0.0.1", "peer id", peerId(1), "port", 6001L)));
    assertThat(announce(2, "10.0.0.2", "&left=5&compact=0&no_peer_id=1").get("peers"))
        .isEqualTo(List.of(Map.of("ip", "10.0.0.1", "port", 6001L)));
  }

  @Test
  void givesIpv6PeersToIpv6AnnouncersOnly() {
    announce(1, "10.0.0.1", "&left=5");
    announce(2, "2001:db8::2", "&left=5");
    assertThat(announce(3, "10.0.0.3", "&left=5")).doesNotContainKey("peers6");
    Map<String, Object> answer = announce(4, "2001:db8::4", "&left=5&numwant=50");
    assertThat(answer.get("peers6"))
        .isEqualTo(
            new String(address("2001:db8::2").getAddress(), ISO_8859_1)
                + (char) (6002 >> 8)
                + (char) (6002 & 0xff));
    assertThat((String) answer.get("peers")).hasSize(2 * 6);
  }

  @Test
  void takesAnIpv4MappedAddressForWhatItIs() {
    announce(1, "::ffff:10.0.0.1", "&left=5");
    assertThat((String) announce(2, "10.0.0.2", "&left=5").get("peers")).startsWith("\12\0\0\1");
  }

  @Test
  void knowsAPeerThatComesOverBothFamiliesByItsId() {
    announce(1, "10.0.0.1", "&left=5");
    assertThat(announce(1, "2001:db8::1", "&left=5"))
        .containsEntry("peers", "")
        .containsEntry("peers6", "");
  }

  @Test
  void countsSeedsAndDoesNotIntroduceThemToEachOther() {
    announce(1, "10.0.0.1", "&left=0");
    assertThat(announce(2, "10.0.0.2", "&left=0"))
        .containsEntry("complete", 2L)
        .containsEntry("incomplete", 0L)
        .containsEntry("peers", "");
    assertThat((String) announce(3, "10.0.0.3", "&left=1").get("peers")).hasSize(12);
  }

  @Test
  void forgetsAPeerThatStops() {
    announce(1, "10.0.0.1", "&left=5");
    announce(2, "10.0.0.2", "&left=5");
    assertThat(announce(1, "10.0.0.1", "&event=stopped"))
        .containsEntry("incomplete", 1L)
        .containsEntry("peers", "");
    assertThat(announce(2, "10.0.0.2", "&left=5")).containsEntry("peers", "");
  }

  @Test
  void doesNotLetOneAddressStopAnothersPeer() {
    announce(1, "10.0.0.1", "&left=5");
    announce(1, "10.0.0.66", "&event=stopped");
    assertThat(announce(2, "10.0.0.2", "&left=5")).containsEntry("incomplete", 2L);
  }

  @Test
  void countsACompletedDownloadOnce() {
    announce(1, "10.0.0.1", "&left=5");
    announce(1, "10.0.0.1", "&left=0&event=completed");
    announce(1, "10.0.0.1", "&left=0&event=completed");
    assertThat(announce(1, "10.0.0.1", "&left=0"))
        .containsEntry("downloaded", 1L)
        .containsEntry("complete", 1L);
  }

  @Test
  void ignoresAClaimedAddress() {
    announce(1, "10.0.0.1", "&left=5&ip=192.0.2.7&ipv4=192.0.2.7:1&ipv6=2001:db8::7");
    assertThat((String) announce(2, "10.0.0.2", "&left=5").get("peers")).startsWith("\12\0\0\1");
  }

  @Test
  void keepsLoopbackPeersFromPeersElsewhere() {
    announce(1, "127.0.0.1", "&left=5");
    assertThat(announce(2, "10.0.0.2", "&left=5")).containsEntry("peers", "");
    assertThat((String) announce(3, "127.0.0.1", "&left=5").get("peers")).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "'',50",
    "&numwant=0,0",
    "&numwant=7,7",
    "&numwant=50,50",
    "&numwant=51,50",
    "&numwant=999999999,50",
    "&numwant=99999999999999999999,50",
    "&numwant=-1,50",
    "&numwant=abc,50"
  })
  void capsNumWant(String more, int peers) {
    for (int i = 0; i < 80; i++) {
      announce(i, "10.0.0." + i, "&left=5");
    }
    assertThat((String) announce(100, "10.0.1.1", "&left=5" + more).get("peers"))
        .hasSize(peers * 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&left=18446744073709551615", "&left=-1", "", "&left=1&event=paused", "&event="})
  void takesOddButHonestClients(String more) {
    assertThat(announce(1, "10.0.0.1", more)).containsEntry("incomplete", 1L);
  }

  @Test
  void givesADifferentChoiceEachTime() {
    for (int i = 0; i < 80; i++) {
      announce(i, "10.0.0." + i, "&left=5");
    }
    assertThat(announce(100, "10.0.1.1", "&left=5&numwant=10").get("peers"))
        .isNotEqualTo(announce(100, "10.0.1.1", "&left=5&numwant=10").get("peers"));
  }

  @Test
  void forgetsASilentPeerAfterTheExpiryAndNotBefore() {
    announce(1, "10.0.0.1", "&left=0");
    nowMillis = Tracker.expiryMillis(INTERVAL);
    assertThat(announce(2, "10.0.0.2", "&left=5")).containsEntry("complete", 1L);
    nowMillis++;
    assertThat(announce(2, "10.0.0.2", "&left=5"))
        .containsEntry("complete", 0L)
        .containsEntry("incomplete", 1L);
  }

  @Test
  void keepsLibtorrentPeersWhichAnnounceEveryFiveMinutesAtMost() {
    assertThat(Tracker.expiryMillis(Duration.ofSeconds(1))).isGreaterThan(2 * 5 * 60_000);
    assertThat(Tracker.expiryMillis(Duration.ofMinutes(10))).isEqualTo(30 * 60_000);
  }

  @ParameterizedTest
  @CsvSource({
    "'',info_hash is missing",
    "info_hash=abc,info_hash must have 20 bytes",
    "info_hash=aaaaaaaaaaaaaaaaaaaaa,info_hash must have 20 bytes",
    "info_hash=aaaaaaaaaaaaaaaaaaaa,peer_id is missing",
    "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=x,peer_id must have 20 bytes",
    "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb,port is missing",
    "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=0,port must be 1-65535",
    "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=65536,port must be 1-65535",
    "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=-1,port must be 1-65535",
    "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=,port must be 1-65535",
    "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=bbbbbbbbbbbbbbbbbbbb&port=1&left=x,left must be a"
        + " number",
    "info_hash=%,malformed percent encoding",
    "info_hash=%4,malformed percent encoding",
    "info_hash=%zz,malformed percent encoding",
    "info_hash=é,query is not ASCII",
  })
  void refusesWhatIsMissingOrMalformedWithAReason(String rawQuery, String reason) {
    assertThat(announce(rawQuery, "10.0.0.1")).isEqualTo(Map.of("failure reason", reason));
  }

  @Test
  void refusesATorrentThatIsNotListed() {
    Tracker listed = new Tracker(INTERVAL, hash -> false, new Random(1));
    byte[] answer = listed.announce(query(HASH, peerId(1), 1, ""), address("10.0.0.1"), 0);
    assertThat(Bdecoded.dictionary(answer))
        .isEqualTo(Map.of("failure reason", "torrent is not tracked here"));
  }

  @Test
  void scrapesTheNamedTorrents() {
    announce(1, "10.0.0.1", "&left=0&event=completed");
    announce(2, "10.0.0.2", "&left=5");
    String other = "12345678901234567890";
    assertThat(scrape("info_hash=" + Announces.escape(HASH) + "&info_hash=" + other).get("files"))
        .isEqualTo(
            Map.of(
                HASH,
                Map.of("complete", 1L, "downloaded", 1L, "incomplete", 1L),
                other,
                Map.of("complete", 0L, "downloaded", 0L, "incomplete", 0L)));
  }

  @Test
  void refusesToScrapeEverything() {
    assertThat(scrape("")).isEqualTo(Map.of("failure reason", "info_hash is missing"));
    assertThat(scrape("info_hash=x"))
        .isEqualTo(Map.of("failure reason", "info_hash must have 20 bytes"));
  }

  @Test
  void limitsOneAddressButServesAHundredViewersBehindIt() {
    for (int round = 0; round < 20; round++) {
      for (int viewer = 0; viewer < 100; viewer++) {
        assertThat(announce(viewer, "192.0.2.1", "&left=5")).doesNotContainKey("failure reason");
      }
      nowMillis += INTERVAL.toMillis();
    }
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      refused += announce(1, "192.0.2.1", "&left=5").containsKey("failure reason") ? 1 : 0;
    }
    assertThat(refused).isEqualTo(2000);
    assertThat(announce(1, "192.0.2.2", "&left=5")).doesNotContainKey("failure reason");
  }
}
