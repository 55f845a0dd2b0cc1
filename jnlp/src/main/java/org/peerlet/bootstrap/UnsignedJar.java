package org.peerlet.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A published jar as the player's JVM runs it: the same entries, unsigned and uncompressed. The JVM
 * would check signatures class by class, which makes a start slower, and it can't archive signed
 * classes (Java 17 crashes when it tries). Written by hand, since it must be the same bytes under
 * every Java: the signed list has its hash.
 */
public final class UnsignedJar {
  // PKWARE's APPNOTE.TXT, 4.3: signatures and lengths of the three kinds of headers.
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;

  private static final int VERSION = 10;
  private static final int UTF_8_NAMES = 1 << 11;

  /** 1 January 1980, where ZIP's calendar begins. */
  private static final int NO_DATE = 1 << 5 | 1;

  private final OutputStream out;
  private final List<Entry> entries = new ArrayList<>();
  private int position;

  private record Entry(String name, int crc, int length, int offset) {
    byte[] nameBytes() {
      return name.getBytes(StandardCharsets.UTF_8);
    }
  }

  private UnsignedJar(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one.
   *
   * @throws IOException when the source is no ZIP file, or too big for plain ones (2 GiB)
   */
  public static void write(Path signed, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(signed.toFile());
        OutputStream out = Files.newOutputStream(target)) {
      UnsignedJar jar = new UnsignedJar(out);
      for (ZipEntry entry : zip.stream().toList()) {
        if (!entry.isDirectory() && !isSignature(entry.getName())) {
          try (InputStream in = zip.getInputStream(entry)) {
            jar.add(entry.getName(), in.readAllBytes());
          }
        }
      }
      jar.finish();
    }
  }

  /** Whether a jar's entry belongs to its signature (JAR File Specification). */
  public static boolean isSignature(String name) {
    return name.toUpperCase(Locale.ROOT).matches("META-INF/(SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");
  }

  private void add(String name, byte[] content) throws IOException {
    byte[] kept = name.equals(JarFile.MANIFEST_NAME) ? mainSection(content) : content;
    CRC32 crc = new CRC32();
    crc.update(kept);
    Entry entry = new Entry(name, (int) crc.getValue(), kept.length, position);
    byte[] header = new byte[LOCAL_BYTES + entry.nameBytes().length];
    describe(into(header).putInt(LOCAL), entry).put(entry.nameBytes());
    write(header);
    write(kept);
    entries.add(entry);
  }

  /** Without the digests of the entries: what comes before the first empty line. */
  private static byte[] mainSection(byte[] manifest) {
    String text = new String(manifest, StandardCharsets.UTF_8).replace("\r\n", "\n");
    int end = text.indexOf("\n\n");
    String main = end < 0 ? text : text.substring(0, end + 2);
    return main.getBytes(StandardCharsets.UTF_8);
  }

  /** What local and central headers have in common. */
  private static ByteBuffer describe(ByteBuffer header, Entry entry) {
    return header
        .putShort((short) VERSION)
        .putShort((short) UTF_8_NAMES)
        .putShort((short) 0) // stored
        .putShort((short) 0)
        .putShort((short) NO_DATE)
        .putInt(entry.crc)
        .putInt(entry.length)
        .putInt(entry.length)
        .putShort((short) entry.nameBytes().length)
        .putShort((short) 0);
  }

  private void finish() throws IOException {
    int directory = position;
    for (Entry entry : entries) {
      byte[] header = new byte[CENTRAL_BYTES + entry.nameBytes().length];
      ByteBuffer fields = into(header).putInt(CENTRAL);
      describe(fields.putShort((short) VERSION), entry);
      fields.position(CENTRAL_BYTES - Integer.BYTES); // no comment, disk 0, no attributes
      fields.putInt(entry.offset).put(entry.nameBytes());
      write(header);
    }
    byte[] end = new byte[END_BYTES];
    short count = (short) entries.size();
    into(end)
        .putInt(END)
        .putInt(0)
        .putShort(count)
        .putShort(count)
        .putInt(position - directory)
        .putInt(directory);
    write(end);
  }

  private void write(byte[] bytes) throws IOException {
    try {
      position = Math.addExact(position, bytes.length);
    } catch (ArithmeticException tooBig) {
      throw new IOException("a jar beyond 2 GiB", tooBig);
    }
    out.write(bytes);
  }

  private static ByteBuffer into(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
