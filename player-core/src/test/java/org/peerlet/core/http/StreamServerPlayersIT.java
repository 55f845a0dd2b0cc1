package org.peerlet.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;

/** Real clients read from the server as they read from any site. */
class StreamServerPlayersIT {
  @TempDir Path folder;
  private StreamServer server;

  @BeforeEach
  void open() throws StreamException {
    server = StreamServer.open(0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void curlDownloadsResumesAndAsksForParts() throws Exception {
    byte[] bytes = FakeContent.patternBytes(0, 5_000_000);
    URI uri = server.publish("clip.mp4", FakeContent.of(bytes));
    Path file = folder.resolve("clip.mp4");
    curl("-o", file.toString(), uri.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

    Files.write(file, Arrays.copyOf(bytes, 1_234_567));
    curl("-C", "-", "-o", file.toString(), uri.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);

    curl("-r", "100-199", "-o", file.toString(), uri.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));

    curl("-r", "-77", "-o", file.toString(), uri.toString());
    assertThat(Files.readAllBytes(file))
        .isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 77, bytes.length));

    assertThat(curl("-I", uri.toString())).contains("200 OK", "Content-Length: 5000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+faststart", "0"})
  void playersPlayAndSeek(String movflags) throws Exception {
    FakeContent content = FakeContent.of(Files.readAllBytes(video(movflags)));
    URI uri = server.publish("clip.mp4", content);

    ExternalProgram.Result probed =
        run("ffprobe", "-v", "error", "-show_entries", "format=duration", uri.toString());
    assertThat(probed.exitCode()).isZero();
    assertThat(probed.output()).contains("duration=4.000000");

    ExternalProgram.Result played =
        run(
            "mpv",
            "--no-config",
            "--vo=null",
            "--ao=null",
            "--untimed",
            "--start=50%",
            uri.toString());
    assertThat(played.exitCode()).as(played.output()).isZero();
    assertThat(played.output()).contains("End of file");
    await().until(() -> content.openReaders() == 0);
  }

  private Path video(String movflags) throws Exception {
    Path video = folder.resolve("video.mp4");
    ExternalProgram.Result made =
        run(
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x180:rate=25:duration=4",
            "-c:v",
            "libx264",
            "-movflags",
            movflags,
            video.toString());
    assertThat(made.exitCode()).as(made.output()).isZero();
    return video;
  }

  private String curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail", "--noproxy", "*"));
    command.addAll(List.of(arguments));
    ExternalProgram.Result result = ExternalProgram.run(folder, command);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  private ExternalProgram.Result run(String... command) throws Exception {
    return ExternalProgram.run(folder, List.of(command));
  }
}
