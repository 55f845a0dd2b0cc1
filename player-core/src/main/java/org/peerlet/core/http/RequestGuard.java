package org.peerlet.core.http;

import java.util.List;
import java.util.Set;

/**
 * Keeps web pages out (threats.md T1, T2). A page can make the viewer's browser send requests to
 * this machine; it can't forge these headers.
 */
final class RequestGuard {
  // "none" is an address typed by the user, "same-origin" the browser's own player on that page.
  private static final Set<String> OWN_SITES = Set.of("none", "same-origin");

  private final String host;

  /**
   * @param port the port that the server listens on
   */
  RequestGuard(int port) {
    // Clients leave out the default port (RFC 9110, 4.2.1).
    this.host = port == 80 ? "127.0.0.1" : "127.0.0.1:" + port;
  }

  /** Throws unless the request may be answered, as far as its headers tell. */
  void check(RequestHead request) throws BadRequestException {
    // After DNS rebinding the browser still sends the name of the attacker's site. "localhost" is
    // refused as well: we never hand it out.
    if (!request.values("Host").equals(List.of(host))) {
      throw new BadRequestException("Host is not ours");
    }
    if (!request.values("Origin").isEmpty()) {
      throw new BadRequestException("request by a script of a page");
    }
    if (!OWN_SITES.containsAll(request.values("Sec-Fetch-Site"))) {
      throw new BadRequestException("request by a page of another site");
    }
  }
}
