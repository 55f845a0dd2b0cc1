package org.peerlet.jnlp.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Titles and names that try to break out of where they are put. The seed is printed. */
public final class HostileTexts {
  private static final String[] PARTS = {
    "<script>alert(1)</script>",
    "</title>",
    "</h1><img src=x onerror=alert(1)>",
    "\" onmouseover=\"x",
    "' x='",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp;&quot;&bogus;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<!DOCTYPE x [<!ENTITY e \"x\">]>&e;",
    "<?php ?>",
    "%s%n%1$s${x}#{y}{{z}}",
    "javascript:alert(1)",
    "../../etc/passwd",
    "\\..\\",
    "CON",
    ".hidden",
    "-rf",
    "\u202Egnp.mp4",
    "\u2066\u2069\u200F",
    "\u05E9\u05DC\u05D5\u05DD",
    "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
    "\uD800",
    "\uDFFF",
    "\uFFFE\uFFFF",
    "\uFDD0",
    "\u0000",
    "\u0001\u001B[31m\u0007",
    "\r\n\t",
    "\u0085\u2028\u2029",
    "e\u0301\u0301\u0301\u0301\u0301\u0301",
    "\u00C9t\u00E9 ",
    "Film",
    " ",
    "é".repeat(120),
    "x".repeat(255),
    "\u4E2D\u6587",
  };

  private HostileTexts() {}

  /** As many texts, always the same for a seed. */
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
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
