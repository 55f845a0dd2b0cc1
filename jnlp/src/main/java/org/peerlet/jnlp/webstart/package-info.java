/**
 * What web start needs of a site: the player's jars, signed, and a launch file for each clip. The
 * publisher's thread does all of it.
 */
@NullMarked
package org.peerlet.jnlp.webstart;

import org.jspecify.annotations.NullMarked;
