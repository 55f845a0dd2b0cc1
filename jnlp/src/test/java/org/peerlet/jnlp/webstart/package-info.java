/** Tests of web start: signing, launch files, and real launchers. */
@org.jspecify.annotations.NullMarked
package org.peerlet.jnlp.webstart;
