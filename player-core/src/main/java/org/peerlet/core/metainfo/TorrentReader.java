package org.peerlet.core.metainfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;

/** Reads the outer dictionary of a .torrent: where the swarm and the origins are. */
final class TorrentReader {
  private TorrentReader() {}

  static Metainfo read(byte[] torrent) throws StreamException {
    if (!(Bencode.decode(torrent) instanceof Bencoded.Dict outer)) {
      throw Bencode.bad("it is no dictionary");
    }
    Bencoded.Dict info = outer.dict("info");
    if (info == null) {
      throw Bencode.bad("it has no info dictionary");
    }
    byte[] rawInfo = Arrays.copyOfRange(torrent, info.first(), info.end());
    return new Metainfo(new InfoReader(info, rawInfo), trackers(outer), webSeeds(outer));
  }

  /** BEP 12: where there is an announce-list, announce is ignored. */
  private static List<List<String>> trackers(Bencoded.Dict outer) {
    List<List<String>> tiers = new ArrayList<>();
    if (outer.get("announce-list") instanceof Bencoded.Items list) {
      for (Bencoded tier : list.items()) {
        tiers.add(texts(tier));
      }
    }
    return Urls.trackerTiers(tiers).isEmpty() ? List.of(texts(outer.get("announce"))) : tiers;
  }

  /** BEP 19: one URL or a list of them. */
  private static List<String> webSeeds(Bencoded.Dict outer) {
    return texts(outer.get("url-list"));
  }

  private static List<String> texts(@Nullable Bencoded value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof Bencoded.Text text) {
      texts.add(text.utf8());
    } else if (value instanceof Bencoded.Items list) {
      for (Bencoded item : list.items()) {
        if (item instanceof Bencoded.Text text) {
          texts.add(text.utf8());
        }
      }
    }
    return texts;
  }
}
