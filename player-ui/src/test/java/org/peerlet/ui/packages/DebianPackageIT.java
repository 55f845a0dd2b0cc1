package org.peerlet.ui.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerlet.fixtures.lab.LabProcess;

/** The Debian package: made, installed in a copy of this system, used, and removed. */
class DebianPackageIT {
  private PackageLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = PackageLab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void installsPlaysAndGoesAgain() throws Exception {
    Path deb = lab.make("deb");
    LabProcess field = lab.lab().start("field", "dpkg-deb", "--field", deb + "", "Maintainer");
    assertThat(field.awaitExit(PackageLab.PATIENCE)).isZero();
    assertThat(field.stdout()).containsExactly(PackageLab.PACKAGER + " <packages@peerlet.invalid>");
    SystemCopy system = SystemCopy.open(lab.lab());
    // The index of all manual pages would take most of the time of this test.
    system.run(Map.of(), "rm", "--force", "/var/lib/man-db/auto-update");
    system.run(Map.of(), "dpkg", "--install", deb.toString());
    assertThat(system.run(Map.of(), "dpkg", "--verify", "peerlet")).isEmpty();
    assertThat(String.join("\n", system.run(lab.environment(), "peerlet", "help")))
        .startsWith("Usage: peerlet COMMAND");

    checkDescriptions(system);
    checkAssociations(system);
    checkPlay(system);
    checkOpenedLink(system);
    checkOpenedFile(system);
    checkHostileLinks(system);

    system.run(Map.of(), "dpkg", "--purge", "peerlet");
    assertThat(system.changedFiles())
        .filteredOn(file -> !file.startsWith("/var/lib/dpkg/info/"))
        .noneMatch(file -> file.contains("peerlet"))
        .contains("/var/lib/dpkg/status");
    assertThat(handlers(system, "x-scheme-handler/peerlet")).isEmpty();
  }

  private static void checkDescriptions(SystemCopy system) throws InterruptedException {
    for (String entry : List.of("Peerlet", "Link", "Magnet")) {
      String file = "/usr/share/applications/org.peerlet." + entry + ".desktop";
      assertThat(system.run(Map.of(), "desktop-file-validate", file)).isEmpty();
    }
    system.run(
        Map.of(),
        "appstreamcli",
        "validate",
        "--no-net",
        "/usr/share/metainfo/org.peerlet.Peerlet.metainfo.xml");
  }

  private void checkAssociations(SystemCopy system) throws InterruptedException {
    assertThat(handlers(system, "x-scheme-handler/peerlet"))
        .containsExactly("org.peerlet.Link.desktop");
    // Others may be there, and whom the user prefers is the user's business.
    assertThat(handlers(system, "application/x-bittorrent"))
        .contains("org.peerlet.Peerlet.desktop");
    assertThat(handlers(system, "x-scheme-handler/magnet")).contains("org.peerlet.Magnet.desktop");
    assertThat(
            system.run(
                lab.environment(), "xdg-mime", "query", "default", "x-scheme-handler/peerlet"))
        .containsExactly("org.peerlet.Link.desktop");
    assertThat(system.run(lab.environment(), "xdg-mime", "query", "filetype", lab.torrent() + ""))
        .containsExactly("application/x-bittorrent");
  }

  private List<String> handlers(SystemCopy system, String type) throws InterruptedException {
    return system.run(lab.environment(), "gio", "mime", type).stream()
        .filter(line -> line.startsWith("\t"))
        .map(String::strip)
        .distinct()
        .toList();
  }

  private void checkPlay(SystemCopy system) throws InterruptedException {
    LabProcess player =
        system.start(
            "installed player",
            lab.environment(),
            "peerlet",
            "play",
            "--lan",
            lab.torrent().toString());
    lab.awaitMovingPicture("package-deb");
    assertThat(commandLines("runtime/bin/java")).as("the runtime of the package").hasSize(1);
    lab.closeWindow(player);
  }

  /** A link of a page, opened by the desktop. */
  private void checkOpenedLink(SystemCopy system) throws Exception {
    system.run(lab.environment(), "gio", "open", "peerlet:" + lab.torrentUrl());
    lab.awaitMovingPicture("package-link");
    lab.closeWindow();
    awaitPlayer(List.of());
  }

  /** What the desktop starts for a file gets the file's path, and no option. */
  private void checkOpenedFile(SystemCopy system) throws Exception {
    String type = "application/x-bittorrent";
    system.run(lab.environment(), "gio", "mime", type, "org.peerlet.Peerlet.desktop");
    system.run(lab.environment(), "gio", "open", lab.torrent().toString());
    awaitPlayer(List.of(" -- " + lab.torrent()));
    for (ProcessHandle process : processes("runtime/bin/java")) {
      process.destroy();
    }
    awaitPlayer(List.of());
  }

  private void checkHostileLinks(SystemCopy system) throws InterruptedException {
    for (String link :
        List.of(
            "peerlet:--share=on",
            "peerlet:https://site.example/clip.json --share on",
            "peerlet:file:///etc/passwd.json",
            "--state-file=/tmp/x",
            "$(touch x).json",
            "https://site.example/clip.json#\n--lan")) {
      LabProcess refused =
          system.start("hostile", lab.environment(), "peerlet", "launch", "--", link);
      assertThat(refused.awaitExit(PackageLab.PATIENCE)).as(link).isEqualTo(2);
      assertThat(refused.stderr())
          .singleElement()
          .asString()
          .startsWith("peerlet: A page may hand over the URL of one clip");
    }
  }

  /** Waits until the players of our user are those whose command lines end like this. */
  private void awaitPlayer(List<String> endings) {
    Awaitility.await()
        .atMost(PackageLab.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(commandLines("runtime/bin/java"))
                    .zipSatisfy(endings, (line, ending) -> assertThat(line).endsWith(ending)));
  }

  private List<String> commandLines(String part) {
    return processes(part).stream().map(DebianPackageIT::commandLine).toList();
  }

  /** Processes of our user, by the home in their environment. */
  private List<ProcessHandle> processes(String part) {
    String home = "HOME=" + lab.home();
    return ProcessHandle.allProcesses()
        .filter(process -> read(process, "environ").contains(home))
        .filter(process -> commandLine(process).contains(part))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    return String.join(" ", read(process, "cmdline")).strip();
  }

  private static List<String> read(ProcessHandle process, String file) {
    try {
      String text = Files.readString(Path.of("/proc", process.pid() + "", file));
      return Arrays.asList(text.split("\0", -1));
    } catch (IOException endedOrForeign) {
      return List.of();
    }
  }
}
