/** The commands, tested as a user runs them: through the script at the root, in a process. */
@NullMarked
package org.peerlet.ui.cli;

import org.jspecify.annotations.NullMarked;
