package org.peerlet.core.engine;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.peerlet.core.http.ContentReader;
import org.peerlet.core.http.StreamContent;
import org.peerlet.core.media.FastStartView;

/**
 * A clip with its index in front, wherever it stands in the file. Its length and its tag are known
 * before that is, so headers need not wait; bodies do.
 */
final class FastStartContent implements StreamContent {
  private final StreamContent file;
  private final CompletableFuture<FastStartView> view;

  /**
   * @param view fails with a {@code StreamException} where the stream ends before it is known
   */
  FastStartContent(StreamContent file, CompletableFuture<FastStartView> view) {
    this.file = file;
    this.view = view;
  }

  @Override
  public long lengthBytes() {
    return file.lengthBytes();
  }

  /**
   * Not the file's, since a player must not mix ranges of both. It is the same whether the index
   * had to be moved or not, which is not known yet when the first header is sent.
   */
  @Override
  public String entityTag() {
    return file.entityTag().replaceFirst("\"$", "-front\"");
  }

  @Override
  public Instant lastModified() {
    return file.lastModified();
  }

  @Override
  public String mediaType() {
    return file.mediaType();
  }

  @Override
  public ContentReader open(long position, long end) {
    return new FastStartReader(file, view, position, end);
  }
}
