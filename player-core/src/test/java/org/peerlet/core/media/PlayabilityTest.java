package org.peerlet.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerlet.core.media.Boxes.aac;
import static org.peerlet.core.media.Boxes.ascii;
import static org.peerlet.core.media.Boxes.avc;
import static org.peerlet.core.media.Boxes.box;
import static org.peerlet.core.media.Boxes.bytes;
import static org.peerlet.core.media.Boxes.fixedSizes;
import static org.peerlet.core.media.Boxes.join;
import static org.peerlet.core.media.Boxes.moov;
import static org.peerlet.core.media.Boxes.mp4a;
import static org.peerlet.core.media.Boxes.table;
import static org.peerlet.core.media.Boxes.trak;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.media.Playability.Verdict;
import org.peerlet.fixtures.media.Media;

class PlayabilityTest {

  @ParameterizedTest
  @CsvSource({
    "CLIP_10S,PLAYS,''",
    "CLIP_10S_INDEX_LAST,PLAYS,''",
    "CLIP_10S_SILENT,PLAYS,''",
    "FRAGMENTED,UNPLAYABLE,'This clip is a fragmented MP4, which the player cannot play.'",
    "OPUS_AUDIO,PLAYS_WITHOUT_SOUND,'This clip''s sound is Opus, which the player cannot play.'",
    "MP3_AUDIO,PLAYS_WITHOUT_SOUND,"
        + "'This clip''s sound is MP3 inside MP4, which the player cannot play.'",
    "H264_10BIT,UNPLAYABLE,'This clip''s picture is H.264 of a profile for studios (10 bits or full"
        + " colour), which the player cannot show.'",
    "AV1,UNPLAYABLE,'This clip''s picture is AV1, which the player cannot show.'",
    "MATROSKA,UNPLAYABLE,'This clip is a Matroska or WebM file, which the player cannot play.'",
    "WEBM,UNPLAYABLE,'This clip is a Matroska or WebM file, which the player cannot play.'"
  })
  void judgesTheFixtures(Media media, Verdict verdict, String sentence) throws Exception {
    byte[] file = media.bytes();
    Container container = Container.of(file);
    Playability playability =
        container == Container.MP4
            ? Playability.of(Mp4Index.read(source(file)))
            : Playability.of(container);
    assertThat(playability).isEqualTo(new Playability(verdict, sentence));
    assertThat(playability.plays()).isEqualTo(verdict == Verdict.PLAYS);
  }

  @ParameterizedTest
  @ValueSource(ints = {66, 77, 88, 100})
  void h264OfEightBitsPlays(int profile) throws StreamException {
    assertThat(verdict(avc(profile), aac())).isEqualTo(Verdict.PLAYS);
  }

  @ParameterizedTest
  @ValueSource(ints = {44, 110, 122, 144, 244})
  void h264OfStudioProfilesDoesNot(int profile) throws StreamException {
    assertThat(verdict(avc(profile), aac())).isEqualTo(Verdict.UNPLAYABLE);
  }

  @Test
  void hevcMainPlays() throws StreamException {
    assertThat(verdict(hevc(1, 0), aac())).isEqualTo(Verdict.PLAYS);
    assertThat(verdict(hevc(2, 2), aac())).isEqualTo(Verdict.UNPLAYABLE);
    assertThat(verdict(hevc(4, 0), aac())).isEqualTo(Verdict.UNPLAYABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "64,2,PLAYS",
    "64,5,PLAYS",
    "64,29,PLAYS",
    "103,2,PLAYS",
    "64,42,PLAYS_WITHOUT_SOUND",
    "105,2,PLAYS_WITHOUT_SOUND",
    "107,2,PLAYS_WITHOUT_SOUND",
    "165,2,PLAYS_WITHOUT_SOUND",
    "0,2,PLAYS_WITHOUT_SOUND"
  })
  void judgesMp4aByItsObjectType(int objectType, int audioObjectType, Verdict verdict)
      throws StreamException {
    assertThat(verdict(avc(100), mp4a(objectType, audioObjectType))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Opus", "ac-3", "ec-3", "fLaC", "alac", "sowt", "enca"})
  void otherSoundIsLeftOut(String fourCc) throws StreamException {
    byte[] entry = box(fourCc, new byte[28]);
    assertThat(verdict(avc(100), entry)).isEqualTo(Verdict.PLAYS_WITHOUT_SOUND);
    assertThat(Playability.of(Mp4Index.parse(moov(track("soun", entry)), 100)).verdict())
        .isEqualTo(Verdict.UNPLAYABLE);
  }

  @Test
  void readsQuickTimeSound() throws StreamException {
    byte[] esds = Arrays.copyOfRange(aac(), 36, aac().length);
    byte[] version1 = join(new byte[8], bytes(0, 1), new byte[18], new byte[16]);
    byte[] entry = box("mp4a", version1, box("wave", box("frma", ascii("mp4a")), esds));
    assertThat(verdict(avc(100), entry)).isEqualTo(Verdict.PLAYS);
  }

  @Test
  void aClipOfNothingDoesNotPlay() throws StreamException {
    assertThat(Playability.of(Mp4Index.parse(moov(), 100)).verdict()).isEqualTo(Verdict.UNPLAYABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "'ID3\u0004', MP3",
    "'\u00ff\u00fb\u0090', MP3",
    "'RIFF....WAVEfmt ', WAV",
    "'RIFF....AVI LIST', AVI",
    "'FORM....AIFF', AIFF",
    "'OggS', OGG",
    "'FLV\u0001', FLV",
    "'<html>', UNKNOWN",
    "'', UNKNOWN"
  })
  void knowsContainers(String head, Container container) {
    assertThat(Container.of(ascii(head))).isEqualTo(container);
  }

  @Test
  void anMp4WithoutItsIndexDoesNotPlay() {
    assertThat(Playability.of(Container.MP4).verdict()).isEqualTo(Verdict.UNPLAYABLE);
    assertThat(Playability.of(Container.MP3).verdict()).isEqualTo(Verdict.PLAYS);
  }

  @Test
  void knowsTransportStreams() {
    byte[] head = new byte[Container.HEAD_BYTES];
    head[0] = 'G';
    assertThat(Container.of(head)).isEqualTo(Container.UNKNOWN);
    head[188] = 'G';
    assertThat(Container.of(head)).isEqualTo(Container.MPEG_TS);
  }

  private static Verdict verdict(byte[] video, byte[] audio) throws StreamException {
    byte[] moov = moov(track("vide", video), track("soun", audio));
    return Playability.of(Mp4Index.parse(moov, 100)).verdict();
  }

  private static byte[] track(String handler, byte[] entry) {
    return trak(
        handler,
        entry,
        table("stts", 1, 1000),
        table("stsc", 1, 1, 1),
        fixedSizes(1, 1),
        table("stco", 0));
  }

  private static byte[] hevc(int profile, int extraBits) {
    byte[] config = new byte[23];
    config[1] = (byte) (0x20 | profile);
    config[17] = (byte) (0xf8 | extraBits);
    return box("hvc1", new byte[78], box("hvcC", config));
  }

  static ByteSource source(byte[] file) {
    return new ByteSource() {
      @Override
      public long length() {
        return file.length;
      }

      @Override
      public int read(long position, ByteBuffer into) {
        if (position >= file.length) {
          return -1;
        }
        // A little at a time, as sources do.
        int count = (int) Math.min(Math.min(into.remaining(), 1000), file.length - position);
        into.put(file, (int) position, count);
        return count;
      }
    };
  }
}
