/** What a site needs to offer clips; the packages below have a part each. */
@org.jspecify.annotations.NullMarked
package org.peerlet.jnlp;
