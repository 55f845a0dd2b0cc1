package org.peerlet.core.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.peerlet.core.sharing.ShareMode;

/** Plays where no native library is, for a JVM of its own. */
final class WithoutNativeLibrary {
  private WithoutNativeLibrary() {}

  /**
   * Prints what came of a torrent and of a magnet.
   *
   * @param arguments a folder, a torrent with an origin, a magnet
   */
  public static void main(String[] arguments) throws Exception {
    try (EngineLab lab = EngineLab.open(Path.of(arguments[0]))) {
      TorrentStream stream = lab.stream(arguments[1], Optional.of(ShareMode.ON));
      System.out.println("read " + lab.read(stream).length);
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (stream.status().notice() == null && System.nanoTime() < giveUp) {
        Thread.sleep(50);
      }
      System.out.println("notice " + stream.status().notice());
      TorrentStream magnet = lab.stream(arguments[2], Optional.of(ShareMode.ON));
      System.out.println("magnet " + EngineLab.failure(magnet).reason());
    }
  }
}
