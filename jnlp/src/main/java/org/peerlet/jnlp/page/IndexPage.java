package org.peerlet.jnlp.page;

import java.util.List;

/** The page of a site that lists its clips. */
public final class IndexPage {
  private IndexPage() {}

  /**
   * The HTML of {@code index.html}.
   *
   * @param clips in the order of the page
   */
  public static String html(SiteAddress site, List<ClipEntry> clips) {
    StringBuilder list = new StringBuilder();
    for (ClipEntry clip : clips) {
      list.append(
          """
          <li><a href="%1$s/">%2$s<span class="title" dir="auto">%3$s</span></a>
          <time datetime="%4$s">%5$s</time></li>
          """
              .formatted(
                  clip.slug(),
                  clip.poster()
                      ? "<img src=\"" + clip.slug() + "/poster.jpg\" alt=\"\" loading=\"lazy\">"
                      : "<span class=\"blank\"></span>",
                  Html.escape(clip.title()),
                  clip.durationIso(),
                  clip.durationText()));
    }
    String title = "Videos at " + site.host();
    return Page.html(
        title,
        "",
        "",
        """
        <main>
        <h1>%s</h1>
        %s</main>
        <footer><a href="feed.xml">Feed of new videos</a></footer>
        """
            .formatted(
                Html.escape(title),
                clips.isEmpty()
                    ? "<p>There is no video here yet.</p>\n"
                    : "<ul class=\"clips\">\n" + list + "</ul>\n"));
  }
}
