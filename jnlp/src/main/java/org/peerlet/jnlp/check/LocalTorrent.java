package org.peerlet.jnlp.check;

import java.net.URI;
import java.util.Map;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.metainfo.Bencode;
import org.peerlet.core.metainfo.Bencoded;
import org.peerlet.core.metainfo.InfoHash;
import org.peerlet.core.metainfo.Metainfo;

/**
 * A published torrent with other addresses. Its own name the public site, which may not be there
 * yet, or hold what was published before; what counts here is whether its hashes fit the video.
 */
final class LocalTorrent {
  private LocalTorrent() {}

  /**
   * The same torrent, which names one origin and no tracker.
   *
   * @throws StreamException {@code NOT_A_TORRENT}
   */
  static byte[] at(byte[] published, URI origin) throws StreamException {
    InfoHash infoHash = Metainfo.parse(published).infoHash();
    if (!(Bencode.decode(published) instanceof Bencoded.Dict outer)
        || !(outer.get("info") instanceof Bencoded.Dict info)) {
      throw new StreamException(Reason.NOT_A_TORRENT, "This is not a torrent.");
    }
    byte[] local =
        Bencode.encode(
            Bencoded.dict(Map.of("info", info, "url-list", Bencoded.text(origin.toString()))));
    if (!Metainfo.parse(local).infoHash().equals(infoHash)) {
      throw new StreamException(Reason.NOT_A_TORRENT, "The torrent is not in canonical form.");
    }
    return local;
  }
}
