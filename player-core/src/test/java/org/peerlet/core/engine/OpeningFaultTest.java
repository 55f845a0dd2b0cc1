package org.peerlet.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.TorrentSource;
import org.peerlet.core.sharing.ShareMode;
import org.peerlet.core.torrent.Reach;

/** Whoever waits for a clip learns that a fault of ours ended it, even one of the JVM. */
@Timeout(20)
final class OpeningFaultTest {
  @TempDir Path temp;

  /** A file that can't be looked at without using up the memory. */
  private static Path endlessFile() {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (self, method, arguments) -> {
              throw new OutOfMemoryError("a test's");
            });
  }

  @Test
  void failsAStreamWhoseOpeningRunsOutOfMemory() throws Exception {
    try (StreamEngine engine = StreamEngine.open(EngineOptions.in(temp));
        TorrentStream stream =
            engine.stream(
                new TorrentSource.TorrentFile(endlessFile()), Optional.of(ShareMode.OFF))) {
      StreamException why = EngineLab.failure(stream);
      assertThat(why.reason()).isEqualTo(Reason.INTERNAL);
      assertThat(why.sentence()).isEqualTo("Opening failed; the log has more.");
    }
  }

  @Test
  void tellsThatSharingRanOutOfMemory() throws Exception {
    List<StreamException> failures = new CopyOnWriteArrayList<>();
    EngineLoop loop = new EngineLoop(() -> {});
    Peers peers =
        new Peers(
            mode -> {
              throw new OutOfMemoryError("a test's");
            },
            loop,
            Reach.NAMED,
            failures::add);
    try (loop;
        SharingThread sharing = new SharingThread(peers, failures::add)) {
      sharing.share(ShareMode.ON);
      sharing.awaitChange();
      assertThat(failures).hasSize(1);
      assertThat(failures.get(0).reason()).isEqualTo(Reason.INTERNAL);
    }
  }
}
