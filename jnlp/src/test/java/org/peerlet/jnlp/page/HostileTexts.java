package org.peerlet.jnlp.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Titles and names that try to get out of where they are put. */
public final class HostileTexts {
  /** What a page shows as it is. */
  private static final List<String> MARKUP =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "'><svg onload=alert(1)>",
          "</h1><img src=x onerror=alert(1)>",
          "\" onclick=\"alert(1)",
          "' onmouseover='alert(1)",
          "' x='",
          "</a></peerlet-launch><b>",
          "</style>",
          "</title>",
          "<!--",
          "-->",
          "<![CDATA[",
          "]]>",
          "<!DOCTYPE x [<!ENTITY e \"x\">]>&e;",
          "<?php echo 1 ?>",
          "&lt;b&gt;",
          "&#60;b&#62;",
          "&amp;&quot;&bogus;",
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
          "%s%n%1$s${x}#{y}{{z}}",
          "%22%3E",
          "[peerlet]",
          "javascript:alert(1)",
          "data:text/html,<b>x</b>",
          "http://",
          "https://site.example/a/clip.jnlp",
          "../../etc/passwd",
          "..\\",
          "CON",
          ".hidden",
          "-rf",
          "Film",
          "\u202Egnp.mp4",
          "\u2066\u2069\u200F",
          "\u05E9\u05DC\u05D5\u05DD",
          "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
          "e\u0301\u0301\u0301\u0301\u0301\u0301",
          "\u00C9t\u00E9 ",
          "\u4E2D\u6587",
          "é".repeat(120),
          "x".repeat(255));

  /** What no document may hold, and ends of lines. */
  private static final List<String> ODD =
      List.of(
          "\uD800",
          "\uDFFF",
          "\uFFFE\uFFFF",
          "\uFDD0",
          "\u0000",
          "\u0001\u001B[31m\u0007",
          "\r\n\t",
          "\u0085\u2028\u2029");

  private static final List<String> ALL = Stream.of(MARKUP, ODD).flatMap(List::stream).toList();

  private HostileTexts() {}

  /** Markup, one to six pieces in a row; every character may stand in a page. */
  public static String markup(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(MARKUP.get(random.nextInt(MARKUP.size())));
    }
    return text.toString();
  }

  /** As many texts of any characters, always the same for a seed, which is printed. */
  public static List<String> of(long seed, int count) {
    System.out.println("hostile texts of seed " + seed);
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(5); part >= 0; part--) {
        if (random.nextInt(4) == 0) {
          text.append((char) random.nextInt(0x10000));
        }
        text.append(ALL.get(random.nextInt(ALL.size())));
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
