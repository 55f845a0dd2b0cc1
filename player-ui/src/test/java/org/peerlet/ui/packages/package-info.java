/**
 * What {@code peerlet package} makes, installed or unpacked and used as a user would, in processes.
 * Each class runs on the test's thread.
 */
@NullMarked
package org.peerlet.ui.packages;

import org.jspecify.annotations.NullMarked;
