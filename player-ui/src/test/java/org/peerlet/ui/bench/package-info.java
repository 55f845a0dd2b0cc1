/**
 * Benchmarks, each a program of its own: they print ratios against plain HTTP and bare
 * libtorrent4j, measured in the same run. Started by the {@code bench} script; of the tests, one
 * runs a short crowd, and none asks how fast anything was.
 */
@NullMarked
package org.peerlet.ui.bench;

import org.jspecify.annotations.NullMarked;
