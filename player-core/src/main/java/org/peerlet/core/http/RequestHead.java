package org.peerlet.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request line and headers of a GET or HEAD request (RFC 9112). Stricter than the RFC asks:
 * what real players never send (bare line feeds, folded lines, bodies, other versions) is refused,
 * since whoever sends it is trying something.
 *
 * @param head whether the method is HEAD, else it is GET
 * @param target the request target as sent
 * @param minorVersion 0 or 1, of HTTP/1.x
 * @param fields the headers in the order sent
 */
record RequestHead(boolean head, String target, int minorVersion, List<Field> fields) {
  /** One header line, its value without surrounding white space. */
  record Field(String name, String value) {}

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern TARGET = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

  RequestHead {
    fields = List.copyOf(fields);
  }

  /**
   * Parses a head.
   *
   * @param text its lines, each ended by CRLF, without the empty one; one char per byte
   */
  static RequestHead parse(String text) throws BadRequestException {
    String[] lines = text.split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !TARGET.matcher(words[1]).matches()) {
      throw new BadRequestException("malformed request line");
    }
    boolean head = words[0].equals("HEAD");
    if (!head && !words[0].equals("GET")) {
      throw new BadRequestException("method is neither GET nor HEAD");
    }
    if (!words[2].equals("HTTP/1.1") && !words[2].equals("HTTP/1.0")) {
      throw new BadRequestException("version is neither HTTP/1.0 nor HTTP/1.1");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i < lines.length - 1; i++) {
      fields.add(field(lines[i]));
    }
    RequestHead request = new RequestHead(head, words[1], words[2].charAt(7) - '0', fields);
    request.refuseBody();
    return request;
  }

  /** All values of a header, by its case-insensitive name. */
  List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** The first value of a header, or null; of repeated headers nginx too takes the first. */
  @Nullable String first(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** Whether the client wants the connection kept open after the answer (RFC 9112, 9.3). */
  boolean keepAlive() {
    boolean close = connectionHas("close");
    return minorVersion == 0 ? connectionHas("keep-alive") && !close : !close;
  }

  private boolean connectionHas(String option) {
    return values("Connection").stream()
        .flatMap(value -> Pattern.compile(",").splitAsStream(value))
        .anyMatch(value -> value.strip().equalsIgnoreCase(option));
  }

  private static Field field(String line) throws BadRequestException {
    int colon = line.indexOf(':');
    if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
      throw new BadRequestException("malformed header name");
    }
    String value = line.substring(colon + 1);
    if (!VALUE.matcher(value).matches()) {
      throw new BadRequestException("control character in a header");
    }
    return new Field(line.substring(0, colon), value.strip());
  }

  private void refuseBody() throws BadRequestException {
    boolean empty = values("Content-Length").stream().allMatch(value -> value.equals("0"));
    if (!empty || !values("Transfer-Encoding").isEmpty()) {
      throw new BadRequestException("request with a body");
    }
  }
}
