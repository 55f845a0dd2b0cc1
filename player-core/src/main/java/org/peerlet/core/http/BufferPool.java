package org.peerlet.core.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers for bodies. Pooled since allocating one clears it, and since its memory comes back
 * only with a garbage collection; never more than there are responses at a time. Any thread.
 */
final class BufferPool {
  private final int bufferBytes;
  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

  BufferPool(int bufferBytes) {
    this.bufferBytes = bufferBytes;
  }

  synchronized ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    return buffer == null ? ByteBuffer.allocateDirect(bufferBytes) : buffer.clear();
  }

  synchronized void give(ByteBuffer buffer) {
    free.push(buffer);
  }
}
