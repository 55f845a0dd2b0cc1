@NullMarked
package org.peerlet.ui.player;

import org.jspecify.annotations.NullMarked;
