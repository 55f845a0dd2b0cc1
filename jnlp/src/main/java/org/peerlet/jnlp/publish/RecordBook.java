package org.peerlet.jnlp.publish;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.peerlet.bootstrap.Sha256;

/** The records of the clips in a folder. A clip whose folder is gone is forgotten. One thread. */
final class RecordBook {
  /** Of a place's hash: 128 bits, no accident. */
  private static final int SOURCE_DIGITS = 32;

  private static final String FOLDER = SiteFolder.OWN + "/clips/";
  private static final String ENDING = ".json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path root;
  private final Map<String, ClipRecord> records = new TreeMap<>();

  private RecordBook(Path root) {
    this.root = root;
  }

  /** Reads what there is; a record that can't be read counts as none. */
  static RecordBook read(Path root) throws IOException {
    RecordBook book = new RecordBook(root);
    Path folder = root.resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(ENDING)).forEach(book::add);
      }
    }
    return book;
  }

  private void add(Path file) {
    try {
      ClipRecord each = JSON.readValue(file.toFile(), ClipRecord.class);
      String name = each.slug() + ENDING;
      if (file.endsWith(name) && Files.exists(root.resolve(each.slug()).resolve("clip.json"))) {
        records.put(each.slug(), each);
      }
    } catch (IOException | RuntimeException unreadable) {
      // The folder it spoke of is then taken by somebody else, and nothing there is touched.
    }
  }

  /** The record of a video: of the same place, or of the same name, length and time elsewhere. */
  Optional<ClipRecord> of(Path video, long bytes, long modifiedMillis, String freshSlug) {
    String source = source(video);
    return records.values().stream()
        .filter(each -> each.source().equals(source))
        .findFirst()
        .or(
            () ->
                Optional.ofNullable(records.get(freshSlug))
                    .filter(each -> each.sourceBytes() == bytes)
                    .filter(each -> each.sourceModifiedMillis() == modifiedMillis));
  }

  /** Where a video lies, in a form that tells nobody. */
  static String source(Path video) {
    String place = video.toAbsolutePath().normalize().toString();
    return Sha256.of(place.getBytes(StandardCharsets.UTF_8)).substring(0, SOURCE_DIGITS);
  }

  /** Names at the folder's root that no new clip may take. */
  Set<String> taken() throws IOException {
    Set<String> taken = new HashSet<>(records.keySet());
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.list(root)) {
        files.forEach(file -> taken.add(String.valueOf(file.getFileName())));
      }
    }
    return taken;
  }

  /** The newest first. */
  List<ClipRecord> newestFirst() {
    return records.values().stream()
        .sorted(Comparator.comparing(ClipRecord::publishedMillis).reversed())
        .toList();
  }

  void put(SiteFolder folder, ClipRecord changed) throws IOException {
    records.put(changed.slug(), changed);
    folder.note(FOLDER + changed.slug() + ENDING, JSON.writeValueAsBytes(changed));
  }

  /** Deletes the records of clips that are gone. */
  void tidy(SiteFolder folder) throws IOException {
    Path own = root.resolve(FOLDER);
    if (!Files.isDirectory(own)) {
      return;
    }
    try (Stream<Path> files = Files.list(own)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        String slug = name.endsWith(ENDING) ? name.substring(0, name.length() - 5) : name;
        if (!records.containsKey(slug)) {
          folder.remove(FOLDER + name);
        }
      }
    }
  }
}
