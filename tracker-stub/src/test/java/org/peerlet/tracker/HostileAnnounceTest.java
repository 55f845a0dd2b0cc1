package org.peerlet.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.tracker.Announces.HASH;
import static org.peerlet.tracker.Announces.address;
import static org.peerlet.tracker.Announces.peerId;
import static org.peerlet.tracker.Announces.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** threats.md T18: whatever is announced, the answer is bencode and memory is bounded. */
class HostileAnnounceTest {

  @Test
  void answersMutatedQueriesWithBencode() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Tracker tracker = new Tracker(Duration.ofSeconds(30), hash -> true, random);
    String honest =
        query(HASH, peerId(1), 6881, "&uploaded=0&downloaded=0&left=0&event=started&numwant=9");
    for (int i = 0; i < 50_000; i++) {
      String mutant = mutate(honest, random);
      byte[] answer = tracker.announce(mutant, address("10.0.0.1"), i * 1000L);
      assertThat(Bdecoded.dictionary(answer)).as("seed %d, query %s", seed, mutant).isNotEmpty();
      assertThat(answer.length).isLessThan(1000);
      assertThat(Bdecoded.dictionary(tracker.scrape(mutant, address("10.0.0.1"), i * 1000L)))
          .as("seed %d, query %s", seed, mutant)
          .isNotEmpty();
    }
  }

  @Test
  void refusesAQueryOfAMillionParametersOrCharacters() {
    Tracker tracker = new Tracker(Duration.ofSeconds(30), hash -> true, new Random(1));
    assertThat(tracker.announce("a&".repeat(1_000_000), address("10.0.0.1"), 0))
        .hasSizeLessThan(100);
    assertThat(tracker.announce("info_hash=" + "a".repeat(1_000_000), address("10.0.0.1"), 0))
        .hasSizeLessThan(100);
    assertThat(tracker.announce("=&==&&=&", address("10.0.0.1"), 0)).hasSizeLessThan(100);
  }

  @Test
  void boundsMemoryOverAMillionAnnounces() throws UnknownHostException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Swarms swarms = new Swarms(Long.MAX_VALUE / 2, random);
    for (int i = 0; i < 1_000_000; i++) {
      // Ever new torrents, peers and addresses, with some that are crowded.
      int hash = random.nextBoolean() ? random.nextInt() & 0xffffff : random.nextInt(20);
      swarms.announce(cheapRequest(hash, i), i);
      if (i % 1000 == 0) {
        assertThat(swarms.swarmCount()).as("seed %d", seed).isLessThanOrEqualTo(Swarms.MAX_SWARMS);
        assertThat(swarms.peerCount()).as("seed %d", seed).isLessThanOrEqualTo(Swarms.MAX_PEERS);
      }
    }
  }

  @Test
  void boundsOneSwarmAndDropsTheLeastRecent() {
    Swarms swarms = new Swarms(Long.MAX_VALUE / 2, new Random(1));
    for (int i = 0; i < Swarm.MAX_PEERS + 100; i++) {
      String from = "10.%d.%d.%d".formatted(i >> 16, i >> 8 & 0xff, i & 0xff);
      swarms.announce(Announces.request(1, from, 1, "&left=1"), i);
      // The first keeps announcing, so it is never the least recent.
      swarms.announce(Announces.request(1, "192.0.2.1", 1, "&left=0"), i);
    }
    assertThat(swarms.peerCount()).isEqualTo(Swarm.MAX_PEERS);
    assertThat(swarms.scrape(Announces.request(1, "192.0.2.1", 1, "").infoHash(), 0))
        .isEqualTo(new Swarm.Counts(1, 0, Swarm.MAX_PEERS - 1));
  }

  @Test
  void doesNotLetOneAddressCrowdOutOthers() {
    Swarms swarms = new Swarms(Long.MAX_VALUE / 2, new Random(1));
    swarms.announce(Announces.request(1, "192.0.2.1", 1, "&left=0"), 0);
    for (int port = 1; port < 65536; port++) {
      swarms.announce(Announces.request(1, "10.0.0.1", port, "&left=1"), port);
      swarms.announce(Announces.request(1, "2001:db8::%x".formatted(port), port, "&left=1"), port);
    }
    assertThat(swarms.peerCount()).isEqualTo(1 + 2 * Swarm.MAX_PEERS_PER_BLOCK);
  }

  @Test
  void releasesASwarmWhoseLastPeerLeft() {
    Swarms swarms = new Swarms(1000, new Random(1));
    swarms.announce(Announces.request(1, "10.0.0.1", 1, "&left=1"), 0);
    swarms.announce(Announces.request(1, "10.0.0.1", 1, "&event=stopped"), 1);
    swarms.announce(Announces.request(2, "10.0.0.1", 1, "&event=stopped"), 1);
    assertThat(swarms.swarmCount()).isZero();
    assertThat(swarms.peerCount()).isZero();
  }

  /** Without text and parsing, since a million are wanted. */
  private static AnnounceRequest cheapRequest(int hash, int i) throws UnknownHostException {
    byte[] digest = ByteBuffer.allocate(InfoHash.BYTES).putInt(hash).array();
    byte[] address = ByteBuffer.allocate(4).putInt(10 << 24 | i).array();
    return new AnnounceRequest(
        InfoHash.of(digest),
        "-PT0001-" + (100_000_000_000L + i),
        new Endpoint(InetAddress.getByAddress(address), 1 + i % 65535),
        i % 2 == 0,
        AnnounceRequest.Event.NONE,
        i % 51,
        true,
        true);
  }

  private static String mutate(String query, Random random) {
    StringBuilder mutant = new StringBuilder(query);
    for (int i = 1 + random.nextInt(4); i > 0 && !mutant.isEmpty(); i--) {
      int at = random.nextInt(mutant.length());
      switch (random.nextInt(4)) {
        case 0 -> mutant.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
        case 1 -> mutant.deleteCharAt(at);
        case 2 -> mutant.insert(at, "&%=0-".charAt(random.nextInt(5)));
        default -> mutant.setLength(at);
      }
    }
    return mutant.toString();
  }
}
