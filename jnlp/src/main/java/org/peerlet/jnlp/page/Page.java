package org.peerlet.jnlp.page;

/** What all pages of a site begin and end with. */
final class Page {
  private Page() {}

  /**
   * A whole page.
   *
   * @param title plain text
   * @param root the way from the page to the site's folder: empty or {@code ../}
   * @param head more HTML for the head, body the HTML of the body
   */
  static String html(String title, String root, String head, String body) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <link rel="stylesheet" href="%2$ssite.css">
    <link rel="icon" href="%2$sicon.svg" type="image/svg+xml">
    <link rel="alternate" type="application/rss+xml" title="New videos" href="%2$sfeed.xml">
    %3$s</head>
    <body>
    %4$s</body>
    </html>
    """
        .formatted(Html.escape(title), root, head, body);
  }
}
