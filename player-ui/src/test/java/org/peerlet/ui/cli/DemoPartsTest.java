package org.peerlet.ui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.peerlet.core.StreamException;

class DemoPartsTest {

  /** Ctrl-C while the site is written: what is written after the sweep would stay for ever. */
  @RepeatedTest(20)
  void leavesNothingOfWhatIsBeingWritten() throws Exception {
    DemoParts parts = DemoParts.open("unused");
    Path site = parts.folder().resolve("site");
    CountDownLatch begun = new CountDownLatch(10);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; true; i++) {
                  Path file = site.resolve("file" + i);
                  parts.write(() -> Files.createFile(Files.createDirectories(site).resolve(file)));
                  begun.countDown();
                }
              } catch (IOException | StreamException ended) {
                // as it should
              }
            });
    begun.await();
    parts.close();
    writer.join();
    assertThat(parts.folder()).doesNotExist();
  }

  /** Ctrl-C reaches every part, and one of them may end before our JVM hears of it. */
  @Test
  void knowsOfAnEndThatComesNow() throws Exception {
    DemoParts parts = DemoParts.open("unused");
    CompletableFuture<Void> signal = CompletableFuture.runAsync(parts::close);
    assertThat(parts.endsNow()).isTrue();
    signal.join();
  }
}
