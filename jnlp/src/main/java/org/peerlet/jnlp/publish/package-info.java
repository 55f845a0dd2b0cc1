/**
 * The command {@code peerlet publish}: makes a folder that any web server can serve. Runs on the
 * main thread, which waits for files and programs; hashing takes a second one.
 */
@NullMarked
package org.peerlet.jnlp.publish;

import org.jspecify.annotations.NullMarked;
