/**
 * The commands of the {@code peerlet} script that run in this program. Nothing here touches JavaFX
 * but {@code PlayCommand}. Runs on the main thread.
 */
@NullMarked
package org.peerlet.ui.cli;

import org.jspecify.annotations.NullMarked;
