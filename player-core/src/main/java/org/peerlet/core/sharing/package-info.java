/** What the viewer allowed to share, and how that is remembered. Values; used on any thread. */
@NullMarked
package org.peerlet.core.sharing;

import org.jspecify.annotations.NullMarked;
