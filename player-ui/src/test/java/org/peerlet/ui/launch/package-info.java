/** Handing a launch over, without a window. */
@NullMarked
package org.peerlet.ui.launch;

import org.jspecify.annotations.NullMarked;
