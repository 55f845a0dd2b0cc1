/**
 * What a site will need to offer a clip: publisher, launch file, button and web-start bootstrap. A
 * skeleton: nothing of it is built yet, the module only keeps the place and the edge to the engine.
 */
@org.jspecify.annotations.NullMarked
package org.peerlet.jnlp;
