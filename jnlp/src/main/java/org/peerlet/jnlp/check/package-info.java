/**
 * The publisher's look at its own work, from outside: other commands of Peerlet, as processes of
 * their own, serve and play what was published. The caller's thread, which waits for them.
 */
@NullMarked
package org.peerlet.jnlp.check;

import org.jspecify.annotations.NullMarked;
