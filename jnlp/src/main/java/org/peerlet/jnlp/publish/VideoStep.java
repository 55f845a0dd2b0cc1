package org.peerlet.jnlp.publish;

/** How a video gets into the published folder. */
enum VideoStep {
  KEEP("is there already"),
  COPY("would be copied"),
  LINK("would be linked"),
  /** Written anew by ffmpeg, its index first. */
  REMUX("would be copied with its index first");

  private final String words;

  VideoStep(String words) {
    this.words = words;
  }

  /** What a dry run says. */
  String words() {
    return words;
  }
}
