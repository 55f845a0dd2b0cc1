/**
 * The pages and the feed of a published site, and one escaper for each language they are written
 * in. Pure functions of values: any thread.
 */
@NullMarked
package org.peerlet.jnlp.page;

import org.jspecify.annotations.NullMarked;
