package org.peerlet.core.http;

import java.nio.ByteBuffer;
import org.peerlet.core.StreamException;

/**
 * One reader of a {@link StreamContent}: blocking, and cancellable from another thread.
 *
 * <ul>
 *   <li>{@link #read} is called by one thread at a time.
 *   <li>It returns verified bytes only.
 *   <li>{@link #close} may be called from any thread, any number of times; a blocked or later read
 *       throws with reason {@code CLOSED}.
 * </ul>
 */
public interface ContentReader extends AutoCloseable {
  /**
   * Waits until at least one byte is there and puts as many as are there and fit into the buffer.
   *
   * @return the number of bytes put, or -1 at the end of the content
   * @throws StreamException {@code CLOSED} after {@link #close}, or why the bytes can't be had
   */
  int read(ByteBuffer into) throws StreamException, InterruptedException;

  @Override
  void close();
}
