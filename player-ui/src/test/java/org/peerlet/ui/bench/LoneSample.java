package org.peerlet.ui.bench;

/** What was measured in one run of one subject in one setting. */
sealed interface LoneSample permits LoneResult, SeekResult {
  LoneSetting setting();

  Subject subject();

  /** From 1 on. */
  int run();
}
