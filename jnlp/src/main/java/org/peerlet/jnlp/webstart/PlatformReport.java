package org.peerlet.jnlp.webstart;

import org.peerlet.bootstrap.Platform;

/**
 * What a visitor's system gets.
 *
 * @param firstDownloadBytes all jars; later starts and other clips of the site load none of them
 * @param peers whether other viewers help; without, the clip comes from the site alone
 */
public record PlatformReport(Platform platform, long firstDownloadBytes, boolean peers) {}
