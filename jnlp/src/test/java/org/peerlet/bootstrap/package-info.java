/** Tests of the bootstrap. */
@org.jspecify.annotations.NullMarked
package org.peerlet.bootstrap;
