package org.peerlet.ui.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerlet.fixtures.lab.LabProcess;

/** The zip: made, unpacked where paths are hard, and used. */
class ZipPackageIT {
  private PackageLab lab;
  private Path unpacked;

  @BeforeEach
  void open() throws Exception {
    lab = PackageLab.open();
    Path zip = lab.make("zip");
    Path folder = lab.lab().folder("Vidéos à moi/その他 $HOME 'x");
    LabProcess unzip = lab.lab().start("unzip", "unzip", "-q", zip + "", "-d", folder + "");
    assertThat(unzip.awaitExit(PackageLab.PATIENCE)).as(unzip.lastOutput()).isZero();
    try (Stream<Path> inside = Files.list(folder)) {
      unpacked = inside.toList().get(0);
    }
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void playsWhereverItIsUnpacked() throws Exception {
    assertThat(unpacked).isDirectoryContaining("glob:**/{README.txt,LICENSE,NOTICE,peerlet.bat}");
    LabProcess player =
        start(Path.of(System.getProperty("java.home")), "play", "--lan", lab.torrent().toString());
    lab.awaitMovingPicture("package-zip");
    lab.closeWindow(player);
  }

  @Test
  void saysItsVersion() throws Exception {
    LabProcess script = start(Path.of(System.getProperty("java.home")), "--version");
    assertThat(script.awaitExit(PackageLab.PATIENCE)).as(script.lastOutput()).isZero();
    assertThat(script.stdout()).singleElement().asString().startsWith("Peerlet ");
  }

  @ParameterizedTest
  @CsvSource({
    "11.0.2, Java 11.0.2 is too old: install Java 17 to 21",
    "1.8.0_402, Java 1.8.0_402 is too old: install Java 17 to 21",
    "25, 'Java 25 is too new: install Java 17 to 21, and set JAVA_HOME to it'",
    "22.0.1, 'Java 22.0.1 is too new: install Java 17 to 21, and set JAVA_HOME to it'"
  })
  void saysWhichJavaItNeeds(String version, String sentence) throws Exception {
    LabProcess script = start(java(version), "play", lab.torrent().toString());
    assertThat(script.awaitExit(PackageLab.PATIENCE)).isEqualTo(1);
    assertThat(script.stderr()).containsExactly("peerlet: " + sentence);
  }

  @Test
  void saysThatJavaIsMissing() throws Exception {
    // All that the script calls, but no Java.
    Path tools = lab.lab().folder("tools");
    for (String tool : List.of("bash", "env", "dirname", "readlink", "locale")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    LabProcess script =
        lab.lab()
            .start(
                "no java",
                Map.of(),
                List.of(
                    "/usr/bin/env",
                    "-i",
                    "PATH=" + tools,
                    "HOME=" + lab.home(),
                    unpacked.resolve("peerlet").toString(),
                    "play",
                    lab.torrent().toString()));
    assertThat(script.awaitExit(PackageLab.PATIENCE)).isEqualTo(1);
    assertThat(script.stderr())
        .containsExactly(
            "peerlet: Java is missing: install Java 17 to 21, for example from"
                + " https://adoptium.net");
  }

  private LabProcess start(Path javaHome, String... arguments) {
    Map<String, String> environment = new HashMap<>(lab.environment());
    environment.put("JAVA_HOME", javaHome.toString());
    List<String> command = new ArrayList<>(List.of(unpacked.resolve("peerlet") + ""));
    command.addAll(List.of(arguments));
    return lab.lab().start("unpacked player", environment, command);
  }

  /** A Java of this version that only says so. */
  private Path java(String version) throws IOException {
    Path home = lab.lab().folder("java " + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
