package org.peerlet.core;

import java.net.URI;

/**
 * The one video that is played, once its torrent is known.
 *
 * @param title its name, fit for display
 * @param lengthBytes at least 1
 * @param url where any player on this machine can read it
 */
public record Clip(String title, long lengthBytes, URI url) {}
