package org.peerlet.jnlp.webstart;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
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
   * @throws IOException with a sentence for the user
   */
  public static SigningKey of(
      Path keyStore, Optional<String> alias, char[] password, Optional<URI> timestamps)
      throws IOException {
    return read(keyStore, alias, password, timestamps, false);
  }

  static SigningKey read(
      Path keyStore,
      Optional<String> alias,
      char[] password,
      Optional<URI> timestamps,
      boolean development)
      throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(keyStore.toFile(), password);
      String chosen = alias.isPresent() ? alias.get() : onlyAlias(store);
      Key key = store.getKey(chosen, password);
      Certificate[] certificates = store.getCertificateChain(chosen);
      if (!(key instanceof PrivateKey secret) || certificates == null) {
        throw new IOException("The key store has no key " + chosen + ".");
      }
      CertPath chain =
          CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificates));
      return new SigningKey(secret, chain, timestamps, development);
    } catch (GeneralSecurityException unusable) {
      throw new IOException("The key store can't be used: " + unusable.getMessage(), unusable);
    }
  }

  private static String onlyAlias(KeyStore store) throws GeneralSecurityException, IOException {
    List<String> keys = new java.util.ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    if (keys.size() != 1) {
      throw new IOException("The key store has " + keys.size() + " keys: say which by its alias.");
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
