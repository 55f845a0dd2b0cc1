package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.peerlet.bootstrap.Platform;
import org.peerlet.bootstrap.PlayerJar;
import org.peerlet.bootstrap.PlayerJars;
import org.peerlet.bootstrap.Sha256;
import org.peerlet.bootstrap.UnsignedJar;
import org.peerlet.jnlp.webstart.PlayerParts.Part;

/** The player of a site: signed jars in its folder, and a launch file for each clip. */
public final class WebStart {
  private final SignedFolder folder;
  private final PlayerJars jars;
  private final PlayerParts parts;
  private final LaunchFile launchFile;
  private final long bootstrapBytes;

  private WebStart(
      SignedFolder folder,
      PlayerJars jars,
      PlayerParts parts,
      LaunchFile launchFile,
      long bootstrapBytes) {
    this.folder = folder;
    this.jars = jars;
    this.parts = parts;
    this.launchFile = launchFile;
    this.bootstrapBytes = bootstrapBytes;
  }

  /**
   * Signs the player into {@code player/} of the site's folder. What is there already is not
   * written again; jars of an earlier player stay until {@link #removeUnused}.
   *
   * @param siteFolder the published folder
   * @param site its URL, which ends in a slash: the jars play clips of this site only
   * @param progress gets the name of each jar when it is there; on any thread, one at a time
   * @throws IOException when a part can't be read, signed or written
   */
  public static WebStart install(
      Path siteFolder, URI site, SigningKey key, PlayerParts parts, Consumer<String> progress)
      throws IOException {
    SignedFolder signed =
        new SignedFolder(siteFolder.resolve(PlayerJars.FOLDER), new JarSigning(key));
    PlayerJars jars = new PlayerJars(site, sign(parts.jars(), signed, progress));
    Path bootstrap = signed.add("peerlet", bootstrap(parts, jars));
    progress.accept(name(bootstrap));
    LaunchFile launchFile = new LaunchFile(site, name(bootstrap));
    return new WebStart(signed, jars, parts, launchFile, Files.size(bootstrap));
  }

  /**
   * Removes the jars of an earlier player. Launch files that are not {@link #jnlp this player's}
   * lead nowhere from then on.
   */
  public void removeUnused() throws IOException {
    folder.removeUnused();
  }

  /** The names of the jars in {@code player/} of a site's folder that are the player's. */
  public static Set<String> jarNames(Path siteFolder) throws IOException {
    return SignedFolder.listed(siteFolder.resolve(PlayerJars.FOLDER)).keySet();
  }

  /** By all processors at once: signing takes longer than all else that is done for a site. */
  private static List<PlayerJar> sign(
      List<Part> parts, SignedFolder signed, Consumer<String> progress) throws IOException {
    ExecutorService signers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Callable<PlayerJar>> jobs = new ArrayList<>();
      for (Part part : parts) {
        jobs.add(
            () -> {
              PlayerJar jar = listed(signed.add(stem(part), clean(part)), part.platform());
              synchronized (signers) {
                progress.accept(jar.name());
              }
              return jar;
            });
      }
      List<PlayerJar> list = new ArrayList<>();
      for (Future<PlayerJar> done : signers.invokeAll(jobs)) {
        list.add(done.get());
      }
      return list;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the player's jars were not signed");
    } finally {
      signers.shutdown();
    }
  }

  private static PlayerJar listed(Path jar, Optional<Platform> platform) throws IOException {
    Path unsigned = Files.createTempFile("peerlet", ".jar");
    try {
      UnsignedJar.write(jar, unsigned);
      return new PlayerJar(
          name(jar), Files.size(jar), Sha256.of(jar), Sha256.of(unsigned), platform);
    } finally {
      Files.delete(unsigned);
    }
  }

  private static CleanJar clean(Part part) throws IOException {
    boolean isJar = name(part.file()).endsWith(".jar");
    CleanJar jar =
        isJar
            ? CleanJar.read(part.file())
            : CleanJar.empty()
                .put(
                    SuppliedNative.entryName(part.platform().orElseThrow()),
                    Files.readAllBytes(part.file()));
    return jar.attribute("Permissions", "all-permissions");
  }

  private static CleanJar bootstrap(PlayerParts parts, PlayerJars jars) throws IOException {
    return CleanJar.read(parts.bootstrap())
        .attribute("Permissions", "all-permissions")
        .attribute("Application-Name", "Peerlet")
        .attribute("Codebase", jars.site().toString())
        .attribute("Application-Library-Allowable-Codebase", jars.site().toString())
        .attribute("Trusted-Only", "true")
        .put(PlayerJars.RESOURCE, jars.toBytes())
        .put(
            LaunchFile.TEMPLATE_ENTRY,
            new LaunchFile(jars.site(), LaunchFile.ANY_BOOTSTRAP).template());
  }

  /** The file's name without its ending, and the platform's where it would be missed. */
  private static String stem(Part part) {
    String name = name(part.file());
    return name.endsWith(".jar")
        ? name.substring(0, name.length() - ".jar".length())
        : "libtorrent4j-" + part.platform().orElseThrow().id();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * The launch file of a clip.
   *
   * @param jnlp its own URL, under the site
   * @param manifest the clip manifest's URL, under the site
   */
  public byte[] jnlp(String title, URI jnlp, URI manifest) {
    for (URI each : List.of(jnlp, manifest)) {
      if (!each.toString().startsWith(jars.site().toString())) {
        throw new IllegalArgumentException(each + " is not under " + jars.site());
      }
    }
    return launchFile.of(title, jars.site().relativize(jnlp).toString(), manifest.toString());
  }

  /** What a visitor of each platform gets. */
  public List<PlatformReport> platforms() {
    return Arrays.stream(Platform.values()).map(this::report).toList();
  }

  private PlatformReport report(Platform platform) {
    long bytes = jars.of(platform).stream().mapToLong(PlayerJar::bytes).sum();
    boolean peers =
        parts.jars().stream()
            .anyMatch(part -> part.peers() && part.platform().filter(platform::equals).isPresent());
    return new PlatformReport(platform, bytes + bootstrapBytes, peers);
  }
}
