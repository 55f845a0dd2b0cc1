package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A key for trials, made once for a machine and user. Its certificate vouches for itself, so every
 * visitor is warned. The JDK's {@code keytool} makes it; the password goes there by environment.
 */
public final class DevelopmentKey {
  private static final String ALIAS = "development";
  private static final String PASSWORD_VARIABLE = "PEERLET_KEY_PASSWORD";
  private static final int PASSWORD_BYTES = 24;
  private static final int KEYTOOL_SECONDS = 60;
  private static final int VALID_DAYS = 3650;

  private DevelopmentKey() {}

  /**
   * The key of this user; made when there is none.
   *
   * @param folder of the user's settings; what is made in it is for the user alone
   * @throws SigningException when there is none and none can be made
   */
  public static SigningKey in(Path folder) throws IOException, InterruptedException {
    return in(folder, Path.of(System.getProperty("java.home"), "bin", "keytool"));
  }

  static SigningKey in(Path folder, Path keytool) throws IOException, InterruptedException {
    Path own = folder.resolve("development-key");
    Path store = own.resolve("key.p12");
    Path password = own.resolve("password");
    Files.createDirectories(own);
    permit(own, "rwx------");
    if (!Files.exists(store)) {
      make(store, password, keytool);
    }
    return SigningKey.read(
        store, Optional.of(ALIAS), read(password).toCharArray(), Optional.empty(), true);
  }

  private static String read(Path password) throws SigningException {
    try {
      return Files.readString(password).strip();
    } catch (IOException unreadable) {
      throw new SigningException(
          "The development key's password can't be read: remove "
              + password.getParent()
              + " to have another key made.",
          unreadable);
    }
  }

  private static void make(Path store, Path password, Path keytool)
      throws IOException, InterruptedException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String secret = HexFormat.of().formatHex(random);
    Files.deleteIfExists(password);
    Files.createFile(password);
    permit(password, "rw-------");
    Files.writeString(password, secret + "\n");
    Path fresh = store.resolveSibling("key.tmp");
    Files.deleteIfExists(fresh);
    run(keytool, fresh, secret);
    permit(fresh, "rw-------");
    Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void run(Path keytool, Path store, String secret)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=Peerlet development key of this machine",
                "-keyalg",
                "RSA",
                "-keysize",
                "3072",
                "-validity",
                Integer.toString(VALID_DAYS),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD_VARIABLE));
    builder.environment().put(PASSWORD_VARIABLE, secret);
    Process making;
    try {
      making = builder.redirectErrorStream(true).start();
    } catch (IOException missing) {
      throw new SigningException(
          "No development key can be made without the JDK's keytool; --keystore takes another key.",
          missing);
    }
    making.getOutputStream().close();
    try {
      String said = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!making.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || making.exitValue() != 0) {
        throw new SigningException("keytool made no development key: " + said.strip());
      }
    } finally {
      making.destroyForcibly();
    }
  }

  private static void permit(Path path, String permissions) throws IOException {
    var view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) { // on Windows the user's own folders are private by what they inherit
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }
}
