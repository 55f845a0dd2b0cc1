package org.peerlet.core.media;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file's bytes, wherever they are. */
public interface ByteSource {

  /** Of the whole file, in bytes. */
  long length();

  /**
   * Reads bytes from {@code position} on, at least one and at most what {@code into} has room for.
   *
   * @return how many, or -1 at and after the end
   * @throws IOException if the bytes can't be had
   */
  int read(long position, ByteBuffer into) throws IOException;
}
