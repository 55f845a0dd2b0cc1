package org.peerlet.tracker;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Announce and scrape without HTTP: a raw query in, bencode out, whatever the query holds. Any
 * thread.
 *
 * <p>BEP 3 (announce), 7 (IPv6), 23 (compact), 48 (scrape). Refusals are a {@code failure reason}.
 */
final class Tracker {
  /**
   * libtorrent announces at most every 5 minutes unless told otherwise (its {@code
   * min_announce_interval}), however short the interval we ask for. A peer may miss two such rounds
   * before it is taken for gone.
   */
  private static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(11);

  private static final int MISSED_INTERVALS = 3;

  /**
   * A client that wants peers sooner, for instance because its last ones left, may ask again after
   * this.
   */
  private static final long MIN_INTERVAL_SECONDS = 10;

  private final long intervalSeconds;
  private final Predicate<InfoHash> tracked;
  private final Swarms swarms;
  private final RateLimit rateLimit;

  /**
   * @param interval how often peers are asked to announce
   * @param tracked says which torrents are tracked; may do I/O
   */
  Tracker(Duration interval, Predicate<InfoHash> tracked, RandomGenerator random) {
    this.intervalSeconds = interval.toSeconds();
    this.tracked = tracked;
    this.swarms = new Swarms(expiryMillis(interval), random);
    this.rateLimit = RateLimit.forInterval(intervalSeconds);
  }

  static long expiryMillis(Duration interval) {
    return Math.max(interval.multipliedBy(MISSED_INTERVALS).toMillis(), SHORTEST_EXPIRY.toMillis());
  }

  /**
   * Answers an announce.
   *
   * @param remote the address the request came from
   * @param nowMillis from any clock that never goes back
   */
  byte[] announce(@Nullable String rawQuery, InetAddress remote, long nowMillis) {
    try {
      RawQuery query = admit(rawQuery, remote, nowMillis);
      AnnounceRequest request = AnnounceRequest.of(query, remote);
      if (!tracked.test(request.infoHash())) {
        throw new TrackerFailure("torrent is not tracked here");
      }
      return Bencode.encode(reply(request, swarms.announce(request, nowMillis)));
    } catch (TrackerFailure e) {
      return failure(e);
    }
  }

  /**
   * Answers a scrape of named torrents. A scrape of everything is refused: it would be a listing.
   */
  byte[] scrape(@Nullable String rawQuery, InetAddress remote, long nowMillis) {
    try {
      List<String> hashes = admit(rawQuery, remote, nowMillis).all("info_hash");
      if (hashes.isEmpty()) {
        throw new TrackerFailure("info_hash is missing");
      }
      SortedMap<String, Object> files = new TreeMap<>();
      for (String hash : hashes) {
        if (hash.length() != InfoHash.BYTES) {
          throw new TrackerFailure("info_hash must have 20 bytes");
        }
        InfoHash infoHash = new InfoHash(hash);
        if (tracked.test(infoHash)) {
          files.put(hash, dictionary(swarms.scrape(infoHash, nowMillis)));
        }
      }
      return Bencode.encode(new TreeMap<>(Map.of("files", files)));
    } catch (TrackerFailure e) {
      return failure(e);
    }
  }

  private RawQuery admit(@Nullable String rawQuery, InetAddress remote, long nowMillis)
      throws TrackerFailure {
    if (!rateLimit.allows(remote, nowMillis)) {
      throw new TrackerFailure("too many requests from your address, try again later");
    }
    return RawQuery.parse(rawQuery);
  }

  private SortedMap<String, Object> reply(AnnounceRequest request, Swarms.Answer answer) {
    SortedMap<String, Object> reply = dictionary(answer.counts());
    reply.put("interval", intervalSeconds);
    reply.put("min interval", Math.min(intervalSeconds, MIN_INTERVAL_SECONDS));
    if (request.compact()) {
      reply.put("peers", compact(answer.contacts(), false));
      if (request.endpoint().isIpv6()) {
        reply.put("peers6", compact(answer.contacts(), true));
      }
    } else {
      List<Object> peers = new ArrayList<>();
      answer.contacts().forEach(contact -> peers.add(dictionary(contact, request.withPeerIds())));
      reply.put("peers", peers);
    }
    return reply;
  }

  private static String compact(List<Peer.Contact> contacts, boolean ipv6) {
    return contacts.stream()
        .map(Peer.Contact::endpoint)
        .filter(endpoint -> endpoint.isIpv6() == ipv6)
        .map(Endpoint::compact)
        .collect(Collectors.joining());
  }

  private static SortedMap<String, Object> dictionary(Peer.Contact contact, boolean withPeerId) {
    SortedMap<String, Object> peer = new TreeMap<>();
    peer.put("ip", String.valueOf(contact.endpoint().address().getHostAddress()));
    peer.put("port", contact.endpoint().port());
    if (withPeerId) {
      peer.put("peer id", contact.peerId());
    }
    return peer;
  }

  private static SortedMap<String, Object> dictionary(Swarm.Counts counts) {
    SortedMap<String, Object> dictionary = new TreeMap<>();
    dictionary.put("complete", counts.complete());
    dictionary.put("downloaded", counts.downloaded());
    dictionary.put("incomplete", counts.incomplete());
    return dictionary;
  }

  private static byte[] failure(TrackerFailure failure) {
    return Bencode.encode(new TreeMap<>(Map.of("failure reason", failure.reason())));
  }
}
