package org.peerlet.ui.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.sharing.ShareMode;

/**
 * What one viewer does.
 *
 * @param leaveAfter how far the clip is watched; null to its end
 * @param giveUpAfter when the viewer leaves whatever was seen
 * @param traces folder for the viewer's status once a second and its log; null for none
 */
record ViewerOrder(
    Subject subject,
    ShareMode share,
    @Nullable Duration leaveAfter,
    Duration giveUpAfter,
    @Nullable Path traces) {}
