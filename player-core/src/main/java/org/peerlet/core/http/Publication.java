package org.peerlet.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A content under its secret path, and the connections that are reading it now. */
final class Publication {
  private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9.+-]+/[a-z0-9.+-]+");
  private static final Pattern ENTITY_TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]*\"");

  private final String path;
  private final String name;
  private final StreamContent content;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean withdrawn;

  /**
   * @throws IllegalArgumentException if a header of the content would break the answer, or a
   *     browser would take it for a page
   */
  Publication(String secret, String name, StreamContent content) {
    String type = content.mediaType().toLowerCase(Locale.ROOT);
    if (!MEDIA_TYPE.matcher(type).matches() || type.matches(".*(html|xml|script).*")) {
      throw new IllegalArgumentException("not the media type of a clip");
    }
    if (!ENTITY_TAG.matcher(content.entityTag()).matches()) {
      throw new IllegalArgumentException("not a strong entity tag");
    }
    this.path = "/" + secret + "/" + name;
    this.name = name;
    this.content = content;
  }

  /** Holds the secret: not for logs. */
  String path() {
    return path;
  }

  /** What logs may say of it. */
  String name() {
    return name;
  }

  StreamContent content() {
    return content;
  }

  /** Takes a time that does not tell how much of the target is right. */
  boolean isAt(String target) {
    return MessageDigest.isEqual(path.getBytes(ISO_8859_1), target.getBytes(ISO_8859_1));
  }

  /** Notes a connection that begins to read. False after {@link #withdraw}. */
  boolean enter(Connection connection) {
    connections.add(connection);
    return !withdrawn;
  }

  void leave(Connection connection) {
    connections.remove(connection);
  }

  void closeConnections() {
    List.copyOf(connections).forEach(Connection::close);
  }

  void withdraw() {
    withdrawn = true;
    closeConnections();
  }
}
