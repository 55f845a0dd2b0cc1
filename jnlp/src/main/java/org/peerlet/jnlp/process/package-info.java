/**
 * The programs that publishing starts: media tools, and other commands of Peerlet. The caller's
 * thread; a shutdown hook ends what still runs.
 */
@NullMarked
package org.peerlet.jnlp.process;

import org.jspecify.annotations.NullMarked;
