package org.peerlet.core.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether Peerlet's own player can show a clip. It halts, hangs or shows nothing on others, often
 * with no error (facts.md, JavaFX Media), so this is found out before.
 *
 * @param sentence why not, for a person; empty if it plays
 */
public record Playability(Verdict verdict, String sentence) {

  /** The answer. */
  public enum Verdict {
    PLAYS,
    /** The picture plays once the sound that can't is taken out: see {@link SilentView}. */
    PLAYS_WITHOUT_SOUND,
    UNPLAYABLE
  }

  private static final Playability PLAYS = new Playability(Verdict.PLAYS, "");

  /** Baseline, main, extended, high, and the stereo profiles, which hold a high picture. */
  private static final Set<Integer> H264_PROFILES = Set.of(66, 77, 88, 100, 118, 128);

  private static final int HEVC_MAIN = 1;

  /** MPEG-4 AAC, and MPEG-2 AAC main, LC and SSR. */
  private static final Set<Integer> AAC_OBJECTS = Set.of(0x40, 0x66, 0x67, 0x68);

  /** MPEG-4 audio object type of xHE-AAC. */
  private static final int USAC = 42;

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("av01", "AV1"),
          Map.entry("vp08", "VP8"),
          Map.entry("vp09", "VP9"),
          Map.entry("mp4v", "MPEG-4 part 2"),
          Map.entry("dvh1", "Dolby Vision"),
          Map.entry("dvhe", "Dolby Vision"),
          Map.entry("apcn", "ProRes"),
          Map.entry("apch", "ProRes"),
          Map.entry("Opus", "Opus"),
          Map.entry("ac-3", "AC-3"),
          Map.entry("ec-3", "E-AC-3"),
          Map.entry("ac-4", "AC-4"),
          Map.entry("fLaC", "FLAC"),
          Map.entry("alac", "Apple Lossless"),
          Map.entry("dtsc", "DTS"),
          Map.entry(".mp3", "MP3 inside MP4"),
          Map.entry("encv", "encrypted"),
          Map.entry("enca", "encrypted"));

  public boolean plays() {
    return verdict == Verdict.PLAYS;
  }

  /** Of an MP4. */
  public static Playability of(Mp4Index index) {
    if (index.isFragmented()) {
      return unplayable("This clip is a fragmented MP4, which the player cannot play.");
    }
    List<Mp4Track> played = index.tracks().stream().filter(Mp4Track::played).toList();
    Optional<String> video = firstObstacle(played, TrackKind.VIDEO);
    if (video.isPresent()) {
      return unplayable(
          "This clip's picture is " + video.get() + ", which the player cannot show.");
    }
    Optional<String> audio = firstObstacle(played, TrackKind.AUDIO);
    if (audio.isPresent()) {
      boolean picture = played.stream().anyMatch(track -> track.kind() == TrackKind.VIDEO);
      return new Playability(
          picture ? Verdict.PLAYS_WITHOUT_SOUND : Verdict.UNPLAYABLE,
          "This clip's sound is " + audio.get() + ", which the player cannot play.");
    }
    return played.isEmpty() ? unplayable("This clip has neither picture nor sound.") : PLAYS;
  }

  /** Of a file in which no index of an MP4 was found, from its first bytes. */
  public static Playability of(Container container) {
    if (container == Container.MP4) {
      return unplayable("This clip's file is damaged or cut off.");
    }
    return container.plays()
        ? PLAYS
        : unplayable("This clip is " + container.words() + ", which the player cannot play.");
  }

  private static Playability unplayable(String sentence) {
    return new Playability(Verdict.UNPLAYABLE, sentence);
  }

  private static Optional<String> firstObstacle(List<Mp4Track> tracks, TrackKind kind) {
    return tracks.stream()
        .filter(track -> track.kind() == kind)
        .flatMap(track -> obstacle(track).stream())
        .findFirst();
  }

  /** What about the track the player can't take, in words that follow "is". */
  static Optional<String> obstacle(Mp4Track track) {
    return track.formats().stream()
        .flatMap(
            format -> (track.kind() == TrackKind.VIDEO ? video(format) : audio(format)).stream())
        .findFirst();
  }

  private static Optional<String> video(SampleFormat format) {
    return switch (format.fourCc()) {
      case "avc1", "avc3" ->
          H264_PROFILES.contains(format.profile())
              ? Optional.empty()
              : Optional.of("H.264 of a profile for studios (10 bits or full colour)");
      case "hvc1", "hev1" ->
          format.profile() == HEVC_MAIN && format.bitDepth() == 8
              ? Optional.empty()
              : Optional.of("HEVC with more than 8 bits or full colour");
      default -> Optional.of(name(format));
    };
  }

  private static Optional<String> audio(SampleFormat format) {
    if (!format.fourCc().equals("mp4a")) {
      return Optional.of(name(format));
    }
    if (AAC_OBJECTS.contains(format.objectType())) {
      return format.audioObjectType() == USAC ? Optional.of("xHE-AAC") : Optional.empty();
    }
    return Optional.of(
        switch (format.objectType()) {
          case 0x69, 0x6B -> "MP3 inside MP4";
          case 0xA5 -> "AC-3";
          case 0xA6 -> "E-AC-3";
          case 0xAD -> "Opus";
          default -> "of an unknown kind";
        });
  }

  private static String name(SampleFormat format) {
    return NAMES.getOrDefault(format.fourCc(), "of an unknown kind");
  }
}
