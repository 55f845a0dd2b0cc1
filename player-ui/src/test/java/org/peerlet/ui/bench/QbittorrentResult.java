package org.peerlet.ui.bench;

import org.jspecify.annotations.Nullable;

/**
 * What another program did in a crowd.
 *
 * @param completeSeconds from its start until it had the whole clip; null if it never had
 * @param progress how much of the clip it had in the end, 0 to 1
 * @param bytesDownloaded from everywhere, by its own account
 * @param bytesUploaded to peers, by its own account
 * @param originBodyBytes what the origin sent to it, by the origin's log
 */
record QbittorrentResult(
    @Nullable Long completeSeconds,
    double progress,
    long bytesDownloaded,
    long bytesUploaded,
    long originBodyBytes) {}
