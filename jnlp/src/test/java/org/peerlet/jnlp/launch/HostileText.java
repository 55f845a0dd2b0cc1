package org.peerlet.jnlp.launch;

import java.util.List;
import java.util.Random;

/** Texts that try to get out of where they stand in a page. */
final class HostileText {
  private static final List<String> PARTS =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "'><svg onload=alert(1)>",
          "\" onclick=\"alert(1)",
          "' onmouseover='alert(1)",
          "</a></peerlet-launch><b>",
          "<!--",
          "-->",
          "<![CDATA[",
          "]]>",
          "</style>",
          "</title>",
          "javascript:alert(1)",
          "data:text/html,<b>x</b>",
          "&lt;b&gt;",
          "&#60;b&#62;",
          "&quot;",
          "&",
          "<",
          ">",
          "\"",
          "'",
          "`",
          "=",
          "\\",
          "/",
          " ",
          "é",
          "\u202e",
          "😀",
          "http://",
          "https://site.example/a/clip.jnlp",
          "[peerlet]",
          "%22%3E",
          "${x}",
          "<?php echo 1 ?>");

  private HostileText() {}

  /** One to six of them in a row. */
  static String of(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }
}
