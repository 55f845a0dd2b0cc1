package org.peerlet.core.media;

import java.nio.charset.StandardCharsets;

/** What kind of file a clip is, by its first bytes. */
public enum Container {
  MP4("an MP4", true),
  MP3("an MP3", true),
  WAV("a WAV", true),
  AIFF("an AIFF", true),
  MATROSKA("a Matroska or WebM file", false),
  AVI("an AVI file", false),
  MPEG_TS("an MPEG transport stream", false),
  MPEG_PS("an MPEG program stream", false),
  OGG("an Ogg file", false),
  FLV("a Flash video", false),
  ASF("a Windows Media file", false),
  FLAC("a FLAC file", false),
  UNKNOWN("of a kind it does not know", false);

  /** How many first bytes {@link #of} looks at; fewer are all right. */
  public static final int HEAD_BYTES = 400;

  private static final int TS_PACKET_BYTES = 188;

  private final String words;
  private final boolean plays;

  Container(String words, boolean plays) {
    this.words = words;
    this.plays = plays;
  }

  /** Whether the player takes it at all; an MP4 must be looked into. */
  public boolean plays() {
    return plays;
  }

  /** For a sentence: "This clip is …". */
  String words() {
    return words;
  }

  /** Never fails; what it does not know is {@link #UNKNOWN}. */
  public static Container of(byte[] head) {
    String text =
        new String(head, 0, Math.min(HEAD_BYTES, head.length), StandardCharsets.ISO_8859_1);
    if (has(text, 4, "ftyp") || has(text, 4, "moov") || has(text, 4, "mdat")) {
      return MP4;
    }
    if (has(text, 4, "wide") || has(text, 4, "free") || has(text, 4, "skip")) {
      return MP4;
    }
    if (text.startsWith("\u001aE\u00df\u00a3")) {
      return MATROSKA;
    }
    if (text.startsWith("RIFF")) {
      return has(text, 8, "AVI ") ? AVI : has(text, 8, "WAVE") ? WAV : UNKNOWN;
    }
    if (text.startsWith("FORM") && has(text, 8, "AIF")) {
      return AIFF;
    }
    if (text.startsWith("\u0000\u0000\u0001\u00ba")) {
      return MPEG_PS;
    }
    if (text.startsWith("0&\u00b2u")) {
      return ASF;
    }
    if (text.startsWith("G") && has(text, TS_PACKET_BYTES, "G")) {
      return MPEG_TS;
    }
    if (text.startsWith("OggS")) {
      return OGG;
    }
    if (text.startsWith("FLV")) {
      return FLV;
    }
    if (text.startsWith("fLaC")) {
      return FLAC;
    }
    return text.startsWith("ID3") || isMp3Frame(text) ? MP3 : UNKNOWN;
  }

  /** Eleven sync bits, then any MPEG version, layer III. */
  private static boolean isMp3Frame(String text) {
    return text.length() >= 2 && text.charAt(0) == 0xff && (text.charAt(1) & 0xe6) == 0xe2;
  }

  private static boolean has(String text, int at, String wanted) {
    return text.startsWith(wanted, at);
  }
}
