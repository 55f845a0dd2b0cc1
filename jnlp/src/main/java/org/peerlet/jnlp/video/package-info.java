/**
 * What a publisher needs to know and to make of a video: the look into its index, the pictures and
 * copies that ffmpeg makes, the subtitles beside it. The caller's thread, which waits for files and
 * programs.
 */
@NullMarked
package org.peerlet.jnlp.video;

import org.jspecify.annotations.NullMarked;
