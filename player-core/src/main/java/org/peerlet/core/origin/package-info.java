/**
 * The site's server: exact byte ranges over HTTP and HTTPS, verified piece by piece, with our own
 * back-off. Requests run on this package's own threads.
 */
@NullMarked
package org.peerlet.core.origin;

import org.jspecify.annotations.NullMarked;
