package org.peerlet.jnlp.webstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSigner;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.bootstrap.Platform;
import org.peerlet.bootstrap.PlayerJars;
import org.peerlet.bootstrap.Sha256;
import org.peerlet.jnlp.webstart.PlayerParts.Part;

/** Signing what stands for the player: small jars, made here. */
class SigningTest {
  private static final URI SITE = URI.create("https://example.org/v/");

  @TempDir private static Path keyFolder;
  private static SigningKey key;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKey() throws Exception {
    key = DevelopmentKey.in(keyFolder);
  }

  @Test
  void signsAllByOneSigner() throws Exception {
    install(parts("one"));
    Set<List<CodeSigner>> signers = new HashSet<>();
    List<Path> jars = jars();
    assertThat(jars).hasSize(4);
    for (Path jar : jars) {
      signers.addAll(signersOf(jar).values());
    }
    assertThat(signers).hasSize(1);
    assertThat(signers.iterator().next()).hasSize(1);
  }

  @Test
  void takesOldSignaturesOut() throws Exception {
    Path library = jar("library.jar", Map.of("a.txt", "a"));
    Path once = install(new PlayerParts(bootstrap(), List.of(forAll(library)))).get(0);
    Path again = install(new PlayerParts(bootstrap(), List.of(forAll(once)))).get(0);
    try (JarFile jar = new JarFile(again.toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .containsExactlyInAnyOrder(
              "META-INF/MANIFEST.MF", "META-INF/PEERLET.SF", "META-INF/PEERLET.RSA", "a.txt");
    }
    assertThat(signersOf(again)).hasSize(1);
  }

  @Test
  void theBootstrapCarriesSiteListAndTemplate() throws Exception {
    WebStart webStart = installAll(parts("one"));
    Path bootstrap = jars().stream().filter(SigningTest::isBootstrap).findFirst().orElseThrow();
    try (JarFile jar = new JarFile(bootstrap.toFile())) {
      var attributes = jar.getManifest().getMainAttributes();
      assertThat(attributes.getValue("Permissions")).isEqualTo("all-permissions");
      assertThat(attributes.getValue("Codebase")).isEqualTo(SITE.toString());
      assertThat(attributes.getValue("Application-Library-Allowable-Codebase"))
          .isEqualTo(SITE.toString());
      assertThat(attributes.getValue("Trusted-Only")).isEqualTo("true");
      PlayerJars list = PlayerJars.parse(read(jar, PlayerJars.RESOURCE));
      assertThat(list.site()).isEqualTo(SITE);
      for (var listed : list.jars()) {
        Path file = folder.resolve("site/player").resolve(listed.name());
        assertThat(Sha256.of(file)).isEqualTo(listed.sha256());
        assertThat(file).hasSize(listed.bytes());
      }
      String template = new String(read(jar, "JNLP-INF/APPLICATION_TEMPLATE.JNLP"), UTF_8);
      assertThat(template).contains("<argument>*</argument>");
    }
    assertThat(signersOf(bootstrap)).containsKey("JNLP-INF/APPLICATION_TEMPLATE.JNLP");
    assertThat(webStart.platforms())
        .filteredOn(PlatformReport::peers)
        .extracting(PlatformReport::platform)
        .containsExactly(Platform.LINUX_X86_64);
  }

  @Test
  void writesNothingAgain() throws Exception {
    install(parts("one"));
    Map<Path, FileTime> before = times();
    install(parts("one"));
    assertThat(times()).isEqualTo(before);
  }

  @Test
  void writesOnlyWhatChangedAndRemovesWhatItReplaced() throws Exception {
    install(parts("one"));
    Set<Path> before = times().keySet();
    WebStart second = installAll(parts("two"));
    assertThat(times().keySet()).as("until launch files name the new ones").containsAll(before);
    second.removeUnused();
    Set<Path> added = new HashSet<>(times().keySet());
    added.removeAll(before);
    Set<Path> removed = new HashSet<>(before);
    removed.removeAll(times().keySet());
    assertThat(added).hasSize(2); // the library, and the bootstrap with its list
    assertThat(removed).hasSize(2);
  }

  @Test
  void removesNoJarOfOthers() throws Exception {
    Path foreign = Files.createDirectories(folder.resolve("site/player")).resolve("music.jar");
    Files.writeString(foreign, "not Peerlet's");
    Path beside = Files.writeString(folder.resolve("site/peerlet-0123456789abcdef.jar"), "mine");
    Files.writeString(
        foreign.resolveSibling("made-from.txt"),
        "%s music.jar\n%1$s ../%s\n".formatted("0".repeat(64), beside.getFileName()));
    install(parts("one"));
    install(parts("two"));
    assertThat(foreign).hasContent("not Peerlet's");
    assertThat(beside).hasContent("mine");
    assertThat(jars()).hasSize(5);
    assertThat(WebStart.jarNames(folder.resolve("site"))).hasSize(4).doesNotContain("music.jar");
  }

  @Test
  void removesWhatAStoppedRunLeft() throws Exception {
    installAll(parts("one")); // and no more of it
    install(parts("two"));
    assertThat(jars()).hasSize(4);
  }

  @Test
  void makesAgainWhatWasDamaged() throws Exception {
    install(parts("one"));
    Path damaged = jars().get(0);
    Files.write(damaged, new byte[] {1, 2, 3});
    install(parts("one"));
    for (Path jar : jars()) {
      assertThat(signersOf(jar)).isNotEmpty();
    }
  }

  /** threats.md T11, T12. */
  @Test
  void oneFlippedByteInAnyEntryIsRefused() throws Exception {
    install(parts("one"));
    for (Path jar : jars()) {
      byte[] whole = Files.readAllBytes(jar);
      Map<String, byte[]> entries = new TreeMap<>();
      try (JarFile open = new JarFile(jar.toFile())) {
        for (JarEntry entry : open.stream().toList()) {
          entries.put(entry.getName(), read(open, entry.getName()));
        }
      }
      for (String name : entries.keySet()) {
        if (!name.startsWith("META-INF/")) {
          assertThatThrownBy(() -> signersOf(with(entries, name)))
              .as("%s in %s", name, jar)
              .isInstanceOf(SecurityException.class);
        }
      }
      String right = Sha256.of(whole);
      for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 500)) {
        whole[at] ^= 1;
        assertThat(Sha256.of(whole)).isNotEqualTo(right);
        whole[at] ^= 1;
      }
    }
  }

  @Test
  void theDevelopmentKeyIsTheUsersAloneAndStays() throws Exception {
    Path own = keyFolder.resolve("development-key");
    assertThat(permissions(own)).isEqualTo("rwx------");
    assertThat(permissions(own.resolve("key.p12"))).isEqualTo("rw-------");
    assertThat(permissions(own.resolve("password"))).isEqualTo("rw-------");
    SigningKey again = DevelopmentKey.in(keyFolder);
    assertThat(again.certificate()).isEqualTo(key.certificate());
    assertThat(again.development()).isTrue();
    assertThat(again)
        .hasToString("SigningKey[CN=Peerlet development key of this machine, development]");
  }

  @Test
  void saysWhatIsWrongWithAKeyStore() throws Exception {
    Path store = keyFolder.resolve("development-key/key.p12");
    char[] password = Files.readString(store.resolveSibling("password")).strip().toCharArray();
    assertThat(SigningKey.of(store, Optional.empty(), password, Optional.empty()).development())
        .isFalse();
    assertThatThrownBy(() -> SigningKey.of(store, Optional.of("other"), password, Optional.empty()))
        .isInstanceOf(SigningException.class)
        .hasMessage("The key store has no key other.");
    assertThatThrownBy(
            () -> SigningKey.of(store, Optional.empty(), "wrong".toCharArray(), Optional.empty()))
        .isInstanceOf(SigningException.class)
        .hasMessage("The password of the key store is wrong.");
    Path text = Files.writeString(folder.resolve("text"), "no key store");
    assertThatThrownBy(() -> SigningKey.of(text, Optional.empty(), password, Optional.empty()))
        .isInstanceOf(SigningException.class)
        .hasMessageStartingWith("The key store can't be used: ");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> SigningKey.of(none, Optional.empty(), password, Optional.empty()))
        .isInstanceOf(SigningException.class)
        .hasMessage("The key store " + none + " does not exist.");
  }

  @Test
  void saysWhyThereIsNoDevelopmentKey() throws Exception {
    Path fresh = folder.resolve("fresh");
    assertThatThrownBy(() -> DevelopmentKey.in(fresh, folder.resolve("none/keytool")))
        .isInstanceOf(SigningException.class)
        .hasMessageStartingWith("No development key can be made without the JDK's keytool");
    assertThatThrownBy(() -> DevelopmentKey.in(fresh, Path.of("/bin/false")))
        .isInstanceOf(SigningException.class)
        .hasMessageStartingWith("keytool made no development key");
    DevelopmentKey.in(fresh);
    Files.delete(fresh.resolve("development-key/password"));
    assertThatThrownBy(() -> DevelopmentKey.in(fresh))
        .isInstanceOf(SigningException.class)
        .hasMessage(
            "The development key's password can't be read: remove %s to have another key made.",
            fresh.resolve("development-key"));
  }

  @Test
  void saysWhatIsWrongWithASuppliedLibrary() throws Exception {
    Path library = Files.writeString(folder.resolve("library.jar"), "no jar");
    String hash = Sha256.of(library);
    SuppliedNative right = new SuppliedNative(Platform.LINUX_AARCH64, library, hash);
    right.check();
    assertThatThrownBy(() -> installAll(new PlayerParts(bootstrap(), List.of(forAll(library)))))
        .isInstanceOf(SigningException.class)
        .hasMessageStartingWith("The jar %s can't be read: ", library);
    Files.writeString(library, "another");
    assertThatThrownBy(right::check)
        .isInstanceOf(SigningException.class)
        .hasMessage("The library %s has another SHA-256 than was given.", library);
    Files.delete(library);
    assertThatThrownBy(right::check)
        .isInstanceOf(SigningException.class)
        .hasMessage("The library %s does not exist or can't be read.", library);
  }

  /** threats.md T20. */
  @Test
  void noPasswordIsInAnyCommandLine() throws Exception {
    Path fresh = folder.resolve("another-key");
    Set<String> commandLines = new HashSet<>();
    Thread maker =
        new Thread(
            () -> {
              try {
                DevelopmentKey.in(fresh);
              } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
              }
            });
    maker.start();
    while (maker.isAlive()) {
      ProcessHandle.current()
          .descendants()
          .map(child -> Path.of("/proc", Long.toString(child.pid()), "cmdline"))
          .forEach(file -> commandLines.add(text(file)));
    }
    String password = Files.readString(fresh.resolve("development-key/password")).strip();
    assertThat(commandLines).anyMatch(line -> line.contains("-genkeypair"));
    assertThat(commandLines).noneMatch(line -> line.contains(password));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  private PlayerParts parts(String content) throws IOException {
    Path library = jar("library.jar", Map.of("a.txt", content, "b/c.txt", "c"));
    Path lib = Files.write(folder.resolve("library.so"), new byte[] {1, 2, 3});
    return new PlayerParts(
        bootstrap(),
        List.of(
            forAll(library),
            new Part(jar("fx.jar", Map.of("fx", "fx")), Optional.of(Platform.MAC_AARCH64), false),
            new Part(lib, Optional.of(Platform.LINUX_X86_64), true)));
  }

  private static Part forAll(Path jar) {
    return new Part(jar, Optional.empty(), false);
  }

  private Path bootstrap() throws IOException {
    return jar("jnlp-bootstrap.jar", Map.of("org/peerlet/bootstrap/Bootstrap.class", "code"));
  }

  private Path jar(String name, Map<String, String> entries) throws IOException {
    CleanJar jar = CleanJar.empty();
    entries.forEach((entry, content) -> jar.put(entry, content.getBytes(UTF_8)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    jar.write(out);
    return Files.write(folder.resolve(name), out.toByteArray());
  }

  /** The published jars, without the bootstrap. */
  private List<Path> install(PlayerParts parts) throws IOException {
    installAll(parts).removeUnused();
    return jars().stream().filter(jar -> !isBootstrap(jar)).toList();
  }

  private WebStart installAll(PlayerParts parts) throws IOException {
    return WebStart.install(folder.resolve("site"), SITE, key, parts, name -> {});
  }

  private static boolean isBootstrap(Path jar) {
    return String.valueOf(jar.getFileName()).startsWith("peerlet-");
  }

  private List<Path> jars() throws IOException {
    return times().keySet().stream().filter(file -> file.toString().endsWith(".jar")).toList();
  }

  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("site/player"))) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  /** Signers by entry, after all of each was read, which is what checks it. */
  private static Map<String, List<CodeSigner>> signersOf(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile(), true)) {
      Map<String, List<CodeSigner>> signers = new TreeMap<>();
      for (JarEntry entry : jar.stream().toList()) {
        read(jar, entry.getName());
        if (!entry.getName().startsWith("META-INF/")) {
          signers.put(entry.getName(), List.of(entry.getCodeSigners()));
        }
      }
      return signers;
    }
  }

  private static byte[] read(JarFile jar, String name) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  /** The same jar with the first byte of one entry flipped. */
  private Path with(Map<String, byte[]> entries, String changed) throws IOException {
    Path file = folder.resolve("flipped.jar");
    try (var out = new java.util.zip.ZipOutputStream(Files.newOutputStream(file))) {
      List<String> names =
          entries.keySet().stream()
              .sorted(java.util.Comparator.comparing(name -> !name.endsWith(".MF")))
              .collect(Collectors.toList());
      for (String name : names) {
        byte[] content = Objects.requireNonNull(entries.get(name)).clone();
        if (name.equals(changed)) {
          content[0] ^= 1;
        }
        out.putNextEntry(new java.util.zip.ZipEntry(name));
        out.write(content);
        out.closeEntry();
      }
    }
    return file;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
