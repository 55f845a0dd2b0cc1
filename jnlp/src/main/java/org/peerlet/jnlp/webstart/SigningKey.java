package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What jars are signed with. Its text names the certificate's subject only.
 *
 * @param chain the signer's certificate first
 * @param timestamps the time-stamping server (RFC 3161); empty signs without
 * @param development made by {@link DevelopmentKey}: nobody vouches for it
 */
public record SigningKey(
    PrivateKey key, CertPath chain, Optional<URI> timestamps, boolean development) {

  /**
   * Takes a key out of a key store.
   *
   * @param alias which one; empty when there is only one
   * @param password of store and key; not kept
   * @throws SigningException when it can't be had
   */
  public static SigningKey of(
      Path keyStore, Optional<String> alias, char[] password, Optional<URI> timestamps)
      throws SigningException {
    return read(keyStore, alias, password, timestamps, false);
  }

  static SigningKey read(
      Path keyStore,
      Optional<String> alias,
      char[] password,
      Optional<URI> timestamps,
      boolean development)
      throws SigningException {
    try {
      KeyStore store = load(keyStore, password);
      String chosen = alias.isPresent() ? alias.get() : onlyAlias(store);
      Key key = store.getKey(chosen, password);
      Certificate[] certificates = store.getCertificateChain(chosen);
      if (!(key instanceof PrivateKey secret) || certificates == null) {
        throw new SigningException("The key store has no key " + chosen + ".");
      }
      CertPath chain =
          CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificates));
      return new SigningKey(secret, chain, timestamps, development);
    } catch (GeneralSecurityException unusable) {
      throw new SigningException(
          "The key store can't be used: " + unusable.getMessage() + ".", unusable);
    }
  }

  private static KeyStore load(Path file, char[] password)
      throws GeneralSecurityException, SigningException {
    if (!Files.isRegularFile(file)) {
      throw new SigningException("The key store " + file + " does not exist.");
    }
    try {
      return KeyStore.getInstance(file.toFile(), password);
    } catch (IOException unreadable) {
      String sentence =
          unreadable.getCause() instanceof UnrecoverableKeyException
              ? "The password of the key store is wrong."
              : "The key store can't be read: " + unreadable.getMessage() + ".";
      throw new SigningException(sentence, unreadable);
    }
  }

  private static String onlyAlias(KeyStore store)
      throws GeneralSecurityException, SigningException {
    List<String> keys = new java.util.ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw new SigningException(
          "The key store has " + keys.size() + " keys: say which by its alias.");
    }
    return keys.get(0);
  }

  X509Certificate certificate() {
    return (X509Certificate) chain.getCertificates().get(0);
  }

  /** Who visitors are told has published the player. */
  public String subject() {
    return certificate().getSubjectX500Principal().getName();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "SigningKey[" + subject() + (development ? ", development]" : "]");
  }
}
