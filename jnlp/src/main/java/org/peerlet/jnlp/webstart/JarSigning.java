package org.peerlet.jnlp.webstart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;
import org.peerlet.bootstrap.Sha256;

/** Signs jars in this process, so that the password is in no command line. */
final class JarSigning {
  private static final String SIGNER = "PEERLET";

  private final SigningKey key;
  private final JarSigner signer;

  JarSigning(SigningKey key) {
    this.key = key;
    JarSigner.Builder builder = new JarSigner.Builder(key.key(), key.chain()).signerName(SIGNER);
    try {
      builder.digestAlgorithm("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
    key.timestamps().ifPresent(builder::tsa);
    signer = builder.build();
  }

  /**
   * The signed jar, which is another each time: a signature says when it was made.
   *
   * @throws IOException when it can't be read, or the time-stamping server fails
   */
  byte[] sign(CleanJar jar) throws IOException {
    Path unsigned = Files.createTempFile("peerlet", ".jar");
    try {
      try (OutputStream out = Files.newOutputStream(unsigned)) {
        jar.write(out);
      }
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      try (ZipFile zip = new ZipFile(unsigned.toFile())) {
        signer.sign(zip, signed);
      }
      return signed.toByteArray();
    } catch (JarSignerException failed) {
      throw new SigningException("Signing failed: " + failed.getMessage() + ".", failed);
    } finally {
      Files.deleteIfExists(unsigned);
    }
  }

  /** What the signed jar is made of, as a hash: the jar, the certificate, the time stamps. */
  String identity(CleanJar jar) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    jar.write(all);
    try {
      all.write(key.certificate().getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IOException(impossible); // it was read from its encoding
    }
    all.write(key.timestamps().toString().getBytes(StandardCharsets.UTF_8));
    return Sha256.of(all.toByteArray());
  }
}
