/** Keeps the documents true and the modules apart. Reads the repository, writes nothing. */
@org.jspecify.annotations.NullMarked
package org.peerlet.docs;
