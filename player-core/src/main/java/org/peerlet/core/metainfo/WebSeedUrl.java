package org.peerlet.core.metainfo;

import java.net.URI;
import java.net.URISyntaxException;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** Where a web seed has a file (BEP 19). */
public final class WebSeedUrl {
  private WebSeedUrl() {}

  /**
   * The URL of one file.
   *
   * <ul>
   *   <li>A torrent of one file: the web seed as it is; if it ends with {@code /}, plus the name.
   *   <li>Else: the web seed is a folder, which holds name and path, percent-encoded as UTF-8.
   * </ul>
   *
   * @throws StreamException {@code BAD_SOURCE} if no URL can name the file: a path segment is
   *     empty, {@code .} or {@code ..}, or the web seed is no URL
   * @throws IndexOutOfBoundsException if there is no such file
   */
  public static URI forFile(String webSeed, Metainfo metainfo, int fileIndex)
      throws StreamException {
    StringBuilder url = new StringBuilder(webSeed);
    if (metainfo.isMultiFile() && !webSeed.endsWith("/")) {
      url.append('/');
    }
    if (metainfo.isMultiFile() || webSeed.endsWith("/")) {
      String separator = "";
      for (String segment : metainfo.urlPath(fileIndex)) {
        // Servers and clients resolve dots, encoded or not: the file would be another one.
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
          throw new StreamException(
              Reason.BAD_SOURCE, "The torrent names a file that no web server can hold.");
        }
        url.append(separator).append(Urls.encodeSegment(segment));
        separator = "/";
      }
    } else if (fileIndex != 0) {
      throw new IndexOutOfBoundsException(fileIndex);
    }
    try {
      return new URI(url.toString());
    } catch (URISyntaxException e) {
      throw new StreamException(
          Reason.BAD_SOURCE, "The torrent names an origin that is not a URL.", e);
    }
  }
}
