package org.peerlet.jnlp.publish;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.storage.UserFolders;
import org.peerlet.jnlp.page.SiteAddress;
import org.peerlet.jnlp.webstart.DevelopmentKey;
import org.peerlet.jnlp.webstart.PlayerParts;
import org.peerlet.jnlp.webstart.SigningKey;
import org.peerlet.jnlp.webstart.SuppliedNative;
import org.peerlet.jnlp.webstart.WebStart;
import picocli.CommandLine.Option;

/**
 * How the player's jars are signed. A password is never an argument: those stand in the list of
 * processes (threats.md T20).
 */
final class SigningOptions {
  /** Set by the start script: the checkout whose player is published. */
  private static final String ROOT_PROPERTY = "peerlet.root";

  @Option(
      names = "--keystore",
      paramLabel = "FILE",
      description = {
        "Key store (PKCS 12 or JKS) with the key that signs the player. Its password is asked for,"
            + " unless --password-file or the variable PEERLET_KEYSTORE_PASSWORD has it.",
        "Default: a development key, made for this machine, of which visitors are warned."
      })
  private @Nullable Path keyStore;

  @Option(
      names = "--key",
      paramLabel = "ALIAS",
      description = "Which key of the key store. Default: the only one.")
  private @Nullable String alias;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the key store's password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--timestamp",
      paramLabel = "URL",
      description =
          "A time-stamping server (RFC 3161), so that signatures outlive the certificate.")
  private @Nullable URI timestamps;

  @Option(
      names = "--native",
      paramLabel = "OS-ARCH=PATH#sha256=DIGITS",
      description =
          "libtorrent4j's library for one more platform; may be given several times. Platforms"
              + " without one play from the site alone.")
  private List<String> natives = List.of();

  /** Signs the player into a site's folder. */
  WebStart install(Path folder, SiteAddress site, Progress progress, Notices notices)
      throws IOException, StreamException {
    PlayerParts parts = parts();
    SigningKey key = key();
    if (key.development()) {
      notices.say(
          "the player is signed with a development key of this machine, and visitors are warned of"
              + " it; --keystore takes a key that a certificate authority vouches for");
    }
    long bytes = 0;
    for (PlayerParts.Part part : parts.jars()) {
      bytes += Files.size(part.file());
    }
    long all = bytes;
    int jars = parts.jars().size() + 1;
    AtomicInteger ready = new AtomicInteger();
    try {
      return WebStart.install(
          folder,
          site.url(),
          key,
          parts,
          name -> progress.at("signing the player", all * ready.incrementAndGet() / jars, all));
    } finally {
      progress.done();
    }
  }

  private PlayerParts parts() throws IOException, StreamException {
    String root = System.getProperty(ROOT_PROPERTY);
    if (root == null) {
      throw new StreamException(
          Reason.INTERNAL, "Where the player was built is not known: use the peerlet script.");
    }
    try {
      List<SuppliedNative> supplied = natives.stream().map(SuppliedNative::parse).toList();
      return PlayerParts.of(
          Path.of(root, "player-ui/target"), Path.of(root, "jnlp/target"), supplied);
    } catch (IllegalArgumentException misused) {
      throw new StreamException(Reason.BAD_SOURCE, String.valueOf(misused.getMessage()), misused);
    }
  }

  SigningKey key() throws IOException, StreamException {
    Optional<URI> server = Optional.ofNullable(timestamps);
    if (keyStore != null) {
      return SigningKey.of(keyStore, Optional.ofNullable(alias), password(keyStore), server);
    }
    try {
      return DevelopmentKey.in(UserFolders.ofThisUser().config());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StreamException(Reason.CLOSED, "Stopped before a key was made.", stopped);
    }
  }

  private static char[] firstLine(Path file) throws StreamException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return Objects.requireNonNullElse(lines.readLine(), "").toCharArray();
    } catch (IOException unreadable) {
      throw new StreamException(
          Reason.NO_SUCH_FILE,
          "The password file "
              + Shown.field(file.toString())
              + " does not exist or can't be read as text.",
          unreadable);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // with Java 22, the read below finds no terminal
  private char[] password(Path store) throws StreamException {
    if (passwordFile != null) {
      return firstLine(passwordFile);
    }
    String variable = System.getenv("PEERLET_KEYSTORE_PASSWORD");
    if (variable != null) {
      return variable.toCharArray();
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password of %s: ", store);
    if (typed == null) {
      throw new StreamException(
          Reason.BAD_SOURCE,
          "The key store has a password: give --password-file or PEERLET_KEYSTORE_PASSWORD.");
    }
    return typed;
  }
}
