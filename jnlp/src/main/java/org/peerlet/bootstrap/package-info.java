/**
 * What a web-start launcher runs: it checks its one argument, puts the player's jars into a folder
 * of the user, each checked against the list that the signed jar carries, and lets a JVM of its own
 * play. A jar by itself: the JDK only, nothing of other modules. The main thread does the work; one
 * thread reads what the player says, and Swing's own shows the small window.
 */
@NullMarked
package org.peerlet.bootstrap;

import org.jspecify.annotations.NullMarked;
