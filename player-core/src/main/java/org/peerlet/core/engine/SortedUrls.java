package org.peerlet.core.engine;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** URLs from outside, and whether each may be contacted. What is no URL is left out. */
record SortedUrls(List<Entry> entries) {
  private static final Logger log = LoggerFactory.getLogger(SortedUrls.class);

  /**
   * One URL.
   *
   * @param unfit why it may not be contacted, or not yet; empty when it may
   */
  record Entry(String url, Optional<StreamException> unfit) {
    private boolean failed(Reason reason) {
      return unfit.filter(why -> why.reason() == reason).isPresent();
    }
  }

  /** Says what is wrong with a URL. */
  @FunctionalInterface
  interface Check {
    void check(URI url) throws StreamException;
  }

  static SortedUrls of(Collection<String> urls, Check check) {
    List<Entry> entries = new ArrayList<>();
    for (String url : urls) {
      try {
        check.check(new URI(url));
        entries.add(new Entry(url, Optional.empty()));
      } catch (URISyntaxException malformed) {
        log.warn("Left out, not a URL: {}", Shown.field(url));
      } catch (StreamException unfit) {
        log.warn("Not to be contacted: {}", unfit.sentence());
        entries.add(new Entry(url, Optional.of(unfit)));
      }
    }
    return new SortedUrls(List.copyOf(entries));
  }

  /** What may be contacted. */
  List<String> allowed() {
    return entries.stream().filter(each -> each.unfit().isEmpty()).map(Entry::url).toList();
  }

  /** What may be contacted, and what may be worth a try later: a name server can be away. */
  List<String> possible() {
    return entries.stream()
        .filter(each -> each.unfit().isEmpty() || each.failed(Reason.UNKNOWN_HOST))
        .map(Entry::url)
        .toList();
  }

  /** What the address policy refuses, fit to show. */
  List<String> refused() {
    return entries.stream()
        .filter(each -> each.failed(Reason.ADDRESS_REFUSED))
        .map(each -> Shown.field(each.url()))
        .toList();
  }

  /** Why the first of those whose host could not be found may not be contacted yet. */
  Optional<StreamException> unknownHost() {
    return entries.stream()
        .filter(each -> each.failed(Reason.UNKNOWN_HOST))
        .flatMap(each -> each.unfit().stream())
        .findFirst();
  }

  /** The sentence about what was refused, if anything was. */
  static Optional<String> notice(List<String> refused) {
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Refused, since it is on this machine or network (--lan allows it): "
                + refused.get(0)
                + (refused.size() > 1 ? " and " + (refused.size() - 1) + " more" : ""));
  }
}
