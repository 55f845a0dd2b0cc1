package org.peerlet.core.torrent;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.peerlet.core.sharing.ShareMode;

/**
 * This viewer's id in a session: all 20 bytes, so that it is the same on every connection (by
 * itself libtorrent makes a new one each time), in the style of BEP 20. The last letter of the
 * version says whether this viewer uploads.
 *
 * @param text 20 letters and digits
 */
record PeerId(String text) {
  private static final int LENGTH = 20;
  private static final String SHARING = "-PR001S-";
  private static final String RECEIVING = "-PR001R-";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** Any version of Peerlet: {@code -PR}, three letters, S or R, and a dash. */
  private static final String PEERLET = hex("-PR");

  private static final String TRANSMISSION = hex("-TR");

  private static final int SHARES_AT = 6;

  /** A new one. */
  static PeerId random(ShareMode share) {
    StringBuilder id = new StringBuilder(share == ShareMode.ON ? SHARING : RECEIVING);
    SecureRandom random = new SecureRandom();
    while (id.length() < LENGTH) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new PeerId(id.toString());
  }

  /** As 40 hexadecimal digits, the form in which libtorrent4j gives the ids of others. */
  String hex() {
    return hex(text);
  }

  /** What the peer with this id, in 40 hexadecimal digits, says of itself. */
  static SwarmPeer.Kind kindOf(String hexId) {
    String flag = hexId.substring(2 * SHARES_AT, 2 * SHARES_AT + 4);
    if (hexId.startsWith(PEERLET) && flag.equals(hex("S-"))) {
      return SwarmPeer.Kind.SHARING;
    }
    if (hexId.startsWith(PEERLET) && flag.equals(hex("R-"))) {
      return SwarmPeer.Kind.RECEIVING;
    }
    return SwarmPeer.Kind.FOREIGN;
  }

  /** Any version of it; BEP 20. */
  static boolean isTransmission(String hexId) {
    return hexId.startsWith(TRANSMISSION);
  }

  private static String hex(String ascii) {
    return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
