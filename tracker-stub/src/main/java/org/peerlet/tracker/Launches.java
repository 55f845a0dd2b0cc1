package org.peerlet.tracker;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which clicks on a launch button were followed by a launcher. A page makes a random token for each
 * click and asks for the launch file with it; the launcher asks for the same file again, with the
 * same token. Any thread; the lock is held for a few instructions.
 */
final class Launches {
  /**
   * A page asks for two minutes; who reads slowly, or installs a launcher first, gets some more.
   */
  static final long KEPT_MILLIS = 5 * 60_000;

  /** About 2 MB. A flood of clicks costs others their notice, and nobody anything else. */
  static final int MAX_TOKENS = 10_000;

  /** 128 bits: nobody guesses another visitor's. */
  private static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{32}");

  private static final Pattern QUERY = Pattern.compile("launch=(" + TOKEN.pattern() + ")");

  /**
   * What {@code HttpURLConnection} adds to any user agent; OpenWebStart and icedtea-web ask through
   * it. No browser says so.
   */
  private static final Pattern JAVA = Pattern.compile("(^|\\s)Java/[0-9]");

  /** The token that was asked for longest ago first. */
  private final LinkedHashMap<String, Launch> byToken =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Launch> eldest) {
          return size() > MAX_TOKENS;
        }
      };

  private record Launch(long askedMillis, boolean launched) {}

  /** The token of a query that is {@code launch=} and 32 hexadecimal digits, and nothing else. */
  static Optional<String> tokenOf(@Nullable String query) {
    Matcher matcher = QUERY.matcher(query == null ? "" : query);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /**
   * Notes that the launch file was asked for. A page's request makes the token known; a launcher's
   * confirms one that is, and makes none known.
   */
  synchronized void asked(String token, @Nullable String userAgent, long nowMillis) {
    forget(nowMillis);
    boolean launcher = userAgent != null && JAVA.matcher(userAgent).find();
    Launch known = byToken.remove(token);
    if (known != null) {
      byToken.put(token, new Launch(nowMillis, known.launched() || launcher));
    } else if (!launcher) {
      byToken.put(token, new Launch(nowMillis, false));
    }
  }

  /** Whether a launcher followed, or nothing for a token that is not known any more. */
  synchronized Optional<Boolean> isLaunched(String token, long nowMillis) {
    forget(nowMillis);
    return Optional.ofNullable(byToken.get(token)).map(Launch::launched);
  }

  private void forget(long nowMillis) {
    Iterator<Launch> eldestFirst = byToken.values().iterator();
    while (eldestFirst.hasNext()) {
      if (nowMillis - eldestFirst.next().askedMillis() < KEPT_MILLIS) {
        return;
      }
      eldestFirst.remove();
    }
  }
}
