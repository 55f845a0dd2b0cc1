package org.peerlet.core.torrent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.libtorrent4j.LibTorrent;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes libtorrent's native library loadable: libtorrent4j unpacks nothing from its jar, it only
 * takes an absolute path from a system property.
 */
final class NativeLibrary {
  private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);

  /** Read by libtorrent4j when its first native class is loaded. A user may set it, too. */
  private static final String PATH_PROPERTY = "libtorrent4j.jni.path";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library, once in a process.
   *
   * @param folder where it may be unpacked; for the user alone
   * @throws StreamException {@code NATIVE_LIBRARY_MISSING}
   */
  static synchronized void load(Path folder) throws StreamException {
    if (loaded) {
      return;
    }
    try {
      if (System.getProperty(PATH_PROPERTY) == null) {
        Path unpacked = unpack(folder);
        System.setProperty(PATH_PROPERTY, unpacked.toString());
      }
      log.info("libtorrent {}", LibTorrent.version());
      loaded = true;
    } catch (IOException | LinkageError failed) {
      throw new StreamException(
          Reason.NATIVE_LIBRARY_MISSING,
          "The library that talks to other viewers is missing on this system.",
          failed);
    }
  }

  private static Path unpack(Path folder) throws IOException {
    String resource = resourceName();
    var url = NativeLibrary.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new IOException("no " + resource + " on the class path");
    }
    Path target = folder.resolve(Path.of(resource).getFileName());
    var connection = url.openConnection();
    try (InputStream in = connection.getInputStream()) {
      if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
        return target;
      }
      // Two players may unpack at once: each writes its own file and moves it into place.
      Path fresh = Files.createTempFile(folder, "native", ".tmp");
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return target;
    }
  }

  private static String resourceName() {
    String arch = System.getProperty("os.arch", "");
    String folder = arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm64" : arch;
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String file =
        os.startsWith("windows")
            ? "libtorrent4j.dll"
            : os.startsWith("mac") ? "libtorrent4j.dylib" : "libtorrent4j.so";
    return "lib/" + folder + "/" + file;
  }
}
