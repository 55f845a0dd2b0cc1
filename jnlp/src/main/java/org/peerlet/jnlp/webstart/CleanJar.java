package org.peerlet.jnlp.webstart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.peerlet.bootstrap.UnsignedJar;

/**
 * The entries of a jar in memory: without folders and old signatures, in the order of their names.
 * Written twice, it gives the same bytes, whenever and wherever that is.
 */
final class CleanJar {
  /** ZIP can't count from before 1980; the day is nobody's birthday. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** The manifest is read by streams as well, and must come first for them. */
  private static final Comparator<String> MANIFEST_FIRST =
      Comparator.comparing((String name) -> !name.equals(JarFile.MANIFEST_NAME))
          .thenComparing(name -> !name.startsWith("META-INF/"))
          .thenComparing(Comparator.naturalOrder());

  private final SortedMap<String, byte[]> entries = new TreeMap<>(MANIFEST_FIRST);
  private final Manifest manifest;

  private CleanJar(Manifest manifest) {
    this.manifest = manifest;
  }

  /** A jar with a manifest and nothing else. */
  static CleanJar empty() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    return new CleanJar(manifest);
  }

  static CleanJar read(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Manifest manifest = jar.getManifest() == null ? empty().manifest : jar.getManifest();
      manifest.getEntries().clear(); // the digests of old signatures
      CleanJar clean = new CleanJar(manifest);
      for (ZipEntry entry : jar.stream().toList()) {
        if (!entry.isDirectory() && !isSignature(entry.getName())) {
          try (InputStream in = jar.getInputStream(entry)) {
            clean.put(entry.getName(), in.readAllBytes());
          }
        }
      }
      return clean;
    } catch (ZipException damaged) {
      throw new SigningException(
          "The jar " + file + " can't be read: " + damaged.getMessage() + ".", damaged);
    }
  }

  private static boolean isSignature(String name) {
    return name.equals(JarFile.MANIFEST_NAME)
        || name.equals("META-INF/INDEX.LIST") // of the jar as it was
        || UnsignedJar.isSignature(name);
  }

  CleanJar put(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Sets an attribute of the manifest's main section. */
  CleanJar attribute(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  /** Writes the jar, and leaves the stream open. */
  void write(OutputStream out) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    manifest.write(text);
    entries.put(JarFile.MANIFEST_NAME, text.toByteArray());
    write(entries, out);
  }

  private static void write(Map<String, byte[]> entries, OutputStream target) throws IOException {
    ZipOutputStream out = new ZipOutputStream(target);
    out.setLevel(Deflater.NO_COMPRESSION); // signing compresses
    for (Map.Entry<String, byte[]> each : entries.entrySet()) {
      ZipEntry entry = new ZipEntry(each.getKey());
      entry.setTimeLocal(NO_TIME);
      out.putNextEntry(entry);
      out.write(each.getValue());
      out.closeEntry();
    }
    out.finish();
  }
}
