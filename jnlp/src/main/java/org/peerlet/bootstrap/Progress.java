package org.peerlet.bootstrap;

/** What the viewer sees until the player's own window is up. Called by one thread. */
interface Progress extends AutoCloseable {
  /** The jars are looked through and, where need be, fetched. */
  void fetched(long bytes, long totalBytes);

  /** The player's process runs. */
  void starting();

  /** Nothing is shown any more. Closing again does nothing. */
  @Override
  void close();

  /** For where there is no screen. */
  static Progress none() {
    return new Progress() {
      @Override
      public void fetched(long bytes, long totalBytes) {}

      @Override
      public void starting() {}

      @Override
      public void close() {}
    };
  }
}
