package org.peerlet.core.engine;

/**
 * A reader as the engine saw it.
 *
 * @param id tells readers apart
 * @param position clip offset of the next byte it reads
 * @param end clip offset after the last byte it will read
 * @param bytesRead given to it so far
 * @param urgent whether nothing can be shown before its bytes
 */
record ReaderView(int id, long position, long end, long bytesRead, boolean urgent) {}
