package org.peerlet.jnlp.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubRipTest {

  @Test
  void turnsCuesIntoWebVtt() {
    String subRip =
        """
        1
        00:00:01,5 --> 00:00:02,000 X1:1
        <i>One</i> & <font color="red">two
        2 < 3 --> 4


        2
        1:02:03,004 --> 101:02:04,005
        {\\an8}Three\
        """;
    String webVtt =
        """
        WEBVTT

        00:00:01.500 --> 00:00:02.000
        <i>One</i> &amp; two
        2 &lt; 3 --&gt; 4

        01:02:03.004 --> 101:02:04.005
        Three
        """;
    assertThat(SubRip.toWebVtt(subRip)).hasValue(webVtt);
    assertThat(SubRip.toWebVtt(subRip.replace("\n", "\r\n"))).hasValue(webVtt);
  }

  @Test
  void leavesOutCuesWithoutText() {
    assertThat(
            SubRip.toWebVtt(
                "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nx\n"))
        .hasValue("WEBVTT\n\n00:00:03.000 --> 00:00:04.000\nx\n");
  }

  @Test
  void knowsWhatIsNone() {
    assertThat(SubRip.toWebVtt("")).isEmpty();
    assertThat(SubRip.toWebVtt("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n")).isEmpty();
  }
}
