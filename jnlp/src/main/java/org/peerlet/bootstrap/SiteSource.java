package org.peerlet.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;

/** Fetches jars from the site that they were signed for, through the launcher's proxy if any. */
final class SiteSource implements PlayerFolder.Source {
  private static final int CONNECT_MILLIS = 15_000;

  /** A line that stands still for so long will not come back by itself. */
  private static final int READ_MILLIS = 30_000;

  private final PlayerJars jars;

  SiteSource(PlayerJars jars) {
    this.jars = jars;
  }

  @Override
  public InputStream open(PlayerJar jar) throws IOException {
    URLConnection connection = jars.url(jar).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    return connection.getInputStream();
  }
}
