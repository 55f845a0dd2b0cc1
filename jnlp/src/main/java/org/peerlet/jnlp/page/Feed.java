package org.peerlet.jnlp.page;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The feed of a site's clips (RSS 2.0). What it encloses is the torrent, not the video: a program
 * that fetches enclosures by itself would make the site pay for what nobody watches.
 */
public final class Feed {
  private Feed() {}

  /**
   * The text of {@code feed.xml}.
   *
   * @param clips in the order of the feed
   * @param torrentBytes of each clip's {@code clip.torrent}, in the same order
   */
  public static String xml(SiteAddress site, List<ClipEntry> clips, List<Long> torrentBytes) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < clips.size(); i++) {
      items.append(item(site, clips.get(i), torrentBytes.get(i)));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
    <channel>
    <title>%1$s</title>
    <link>%2$s</link>
    <atom:link href="%3$s" rel="self" type="application/rss+xml"/>
    <description>%1$s</description>
    %4$s</channel>
    </rss>
    """
        .formatted(
            Xml.escape("Videos at " + site.host()),
            Xml.escape(site.url().toString()),
            Xml.escape(site.of("feed.xml").toString()),
            items);
  }

  private static String item(SiteAddress site, ClipEntry clip, long torrentBytes) {
    String page = Xml.escape(site.of(clip.slug(), "").toString());
    return """
    <item>
    <title>%1$s</title>
    <link>%2$s</link>
    <guid isPermaLink="true">%2$s</guid>
    <pubDate>%3$s</pubDate>
    <description>%4$s</description>
    <enclosure url="%5$s" length="%6$d" type="application/x-bittorrent"/>
    </item>
    """
        .formatted(
            Xml.escape(clip.title()),
            page,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(clip.published().atOffset(ZoneOffset.UTC)),
            Xml.escape(clip.title() + " (" + clip.durationText() + ")"),
            Xml.escape(site.of(clip.slug(), "clip.torrent").toString()),
            torrentBytes);
  }
}
