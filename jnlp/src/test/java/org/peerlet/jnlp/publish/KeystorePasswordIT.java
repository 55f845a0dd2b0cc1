package org.peerlet.jnlp.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.lab.Program;
import org.peerlet.fixtures.lab.SwarmLab;
import org.peerlet.fixtures.lab.TestUser;
import org.peerlet.fixtures.media.Media;

/**
 * The publisher's password is asked for, or read from a file or the environment, and stands nowhere
 * else: in no list of processes, no output and no file (threats.md T20).
 */
class KeystorePasswordIT {
  private static final String PASSWORD = "correct horse 4711";
  private static final String WRONG = "wrong horse 4711";
  private static final String VARIABLE = "PEERLET_KEYSTORE_PASSWORD";
  private static final Duration TIME = Duration.ofMinutes(2);
  private static final int LOOK_MILLIS = 25;

  private final SwarmLab lab = SwarmLab.open();
  private final TestUser owner = new TestUser(lab, "owner");
  private final Path site = lab.folder("site");
  private final Path keys = lab.folder("keys");
  private final Path videos = lab.folder("videos");

  @BeforeEach
  void makeKey() throws Exception {
    Media.CLIP_10S.copyTo(videos);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "owner",
                "-dname",
                "CN=The owner of a site",
                "-keyalg",
                "RSA",
                "-keystore",
                store().toString(),
                "-storepass:file",
                passwordFile(PASSWORD).toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Path store() {
    return keys.resolve("key.p12");
  }

  private Path passwordFile(String password) throws IOException {
    return Files.writeString(keys.resolve("password"), password + "\n");
  }

  private String[] publish(String... more) throws IOException {
    return Stream.concat(
            Stream.of(
                "publish",
                videos.resolve(Media.CLIP_10S.fileName()).toString(),
                "--site=https://example.org/",
                "--out=" + site,
                "--no-check",
                "--keystore=" + store()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void standsInNoListOfProcessesNoOutputAndNoFile() throws Exception {
    LabProcess byFile = owner.peerlet(publish("--password-file=" + passwordFile(PASSWORD)));
    assertThat(hits(byFile)).isEmpty();
    assertThat(byFile.awaitExit(TIME)).as(byFile.lastOutput()).isZero();
    LabProcess onTerminal = owner.peerletOnTerminal(publish());
    type(PASSWORD, onTerminal);
    assertThat(hits(onTerminal)).isEmpty();
    assertThat(onTerminal.awaitExit(TIME)).as(onTerminal.lastOutput()).isZero();
    assertThat(onTerminal.lastOutput()).contains("Nothing changed.");
    LabProcess byVariable = new TestUser(lab, "other").with(VARIABLE, PASSWORD).peerlet(publish());
    assertThat(hits(byVariable)).isEmpty();
    assertThat(byVariable.awaitExit(TIME)).as(byVariable.lastOutput()).isZero();
    for (LabProcess each : List.of(byFile, onTerminal, byVariable)) {
      assertThat(each.lastOutput()).doesNotContain(PASSWORD);
    }
    assertThat(filesWithPassword(owner.home())).isEmpty();
    assertThat(filesWithPassword(site)).isEmpty();
  }

  @Test
  void refusesAWrongOneInOneLine() throws Exception {
    for (String way : List.of("file", "terminal", "none")) {
      LabProcess publish =
          switch (way) {
            case "file" -> owner.peerlet(publish("--password-file=" + passwordFile(WRONG)));
            case "terminal" -> owner.peerletOnTerminal(publish());
            default -> owner.peerlet(publish());
          };
      if (way.equals("terminal")) {
        type(WRONG, publish);
      }
      int exitCode = way.equals("none") ? 2 : 1;
      assertThat(publish.awaitExit(TIME)).as(publish.lastOutput()).isEqualTo(exitCode);
      assertThat(publish.lastOutput())
          .contains(
              way.equals("none")
                  ? "peerlet publish: The key store has a password: give --password-file or"
                      + " PEERLET_KEYSTORE_PASSWORD."
                  : "peerlet publish: The password of the key store is wrong.")
          .doesNotContain(WRONG, "Exception", "\tat ");
    }
  }

  /** Types a password as soon as the terminal does not show any more what is typed. */
  private static void type(String password, LabProcess publish) throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    while (!isHidden(publish)) {
      assertThat(System.nanoTime()).as(publish.lastOutput()).isLessThan(end);
      Thread.sleep(LOOK_MILLIS);
    }
    publish.writeLine(password);
  }

  private static boolean isHidden(LabProcess publish) throws Exception {
    Optional<Path> terminal =
        ProcessHandle.of(publish.pid()).stream()
            .flatMap(ProcessHandle::descendants)
            .map(process -> Path.of("/proc/" + process.pid() + "/fd/0"))
            .filter(input -> target(input).startsWith("/dev/pts/"))
            .findFirst();
    if (terminal.isEmpty()) {
      return false;
    }
    Process stty =
        new ProcessBuilder(Program.STTY.path(), "-a")
            .redirectInput(terminal.get().toFile())
            .redirectErrorStream(true)
            .start();
    return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .contains(" -echo ");
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException ended) {
      return "";
    }
  }

  /** The command lines with the password, of all processes, for as long as this one runs. */
  private static List<String> hits(LabProcess publish) throws InterruptedException {
    while (publish.isAlive()) {
      List<String> hits = commandLines().filter(line -> line.contains(PASSWORD)).toList();
      if (!hits.isEmpty()) {
        return hits;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return List.of();
  }

  private static Stream<String> commandLines() {
    // The test's own way to set a variable is a command line.
    Set<String> ours = Set.of("setsid", "env");
    return ProcessHandle.allProcesses()
        .map(process -> read(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0", -1))
        .filter(words -> !ours.contains(words[0]))
        .map(words -> String.join(" ", words));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  private static List<Path> filesWithPassword(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> read(file).contains(PASSWORD))
          .toList();
    }
  }
}
