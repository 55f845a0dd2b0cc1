/**
 * The launch button of a page: the script {@code peerlet-launch.js}, and the element that a page
 * holds for each clip.
 *
 * <p>Thread owner: none; values and pure functions.
 */
@org.jspecify.annotations.NullMarked
package org.peerlet.jnlp.launch;
