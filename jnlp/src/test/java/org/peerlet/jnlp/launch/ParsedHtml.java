package org.peerlet.jnlp.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.peerlet.fixtures.browser.Browser;
import org.peerlet.fixtures.browser.Page;

/** What a real browser finds in pieces of HTML. */
final class ParsedHtml {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ParsedHtml() {}

  /** Of each piece of HTML its elements with their attributes, and its text. */
  static JsonNode of(Browser browser, List<String> html)
      throws InterruptedException, JsonProcessingException {
    try (Page page = browser.newPage()) {
      return page.evaluate(
          """
          %s.map((html) => {
            const body = new DOMParser().parseFromString(html, 'text/html').body;
            return {
              elements: Array.from(body.querySelectorAll('*'), (each) => ({
                name: each.localName,
                attributes: Object.fromEntries(
                  Array.from(each.attributes, (a) => [a.name, a.value])),
              })),
              text: body.textContent.trim(),
              comments:
                document.createNodeIterator(body, NodeFilter.SHOW_COMMENT).nextNode() !== null,
            };
          })\
          """
              .formatted(JSON.writeValueAsString(html)));
    }
  }

  /** The elements' names in the order of the page. */
  static List<String> names(JsonNode parsed) {
    return parsed.path("elements").findValuesAsText("name");
  }
}
