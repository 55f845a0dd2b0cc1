package org.peerlet.core.origin;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.Shown;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/**
 * Where trackers, origins and redirects may lead: something published on the Internet must not make
 * a viewer's machine talk to itself or to its own network (threats.md T6).
 *
 * <p>The host is resolved and every one of its addresses checked, just before the request; the JVM
 * keeps the answer for its cache time, so the connection goes where the check looked.
 *
 * @param lan whether loopback and private addresses are allowed
 * @param resolver finds a host's addresses
 */
public record AddressPolicy(boolean lan, Resolver resolver) {
  /** Turns a host name into its addresses; a test's own, or the system's. */
  @FunctionalInterface
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private static final Resolver SYSTEM = InetAddress::getAllByName;

  private static final Set<String> SCHEMES = Set.of("http", "https", "udp");

  private static final Pattern NUMBER = Pattern.compile("(?i)[0-9]+|0x[0-9a-f]*");
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  /** With the system's resolver. */
  public AddressPolicy(boolean lan) {
    this(lan, SYSTEM);
  }

  /**
   * The policy for what a source at this URL names: a local source may name local addresses. Only
   * what says by its form that it is local counts; a public name that resolves to a private address
   * may be an attacker's.
   */
  public static AddressPolicy forSource(URI source, boolean lanOption) {
    return new AddressPolicy(lanOption || isLocalByForm(source.getHost()));
  }

  private static boolean isLocalByForm(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (isOddNumber(name)) {
      return false;
    }
    if (name.equals("localhost") || name.endsWith(".localhost") || name.endsWith(".local")) {
      return true;
    }
    if (!name.startsWith("[") && !name.matches("[0-9.]+")) {
      return name.indexOf('.') < 0;
    }
    try {
      // A literal is parsed, not looked up.
      return !isPublic(InetAddress.getByName(name));
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  /**
   * Whether a host is a number, but not an IPv4 address as everybody reads it: 127.1, 0x7f000001,
   * 0177.0.0.1. The JDK and libtorrent's resolver disagree on these, so the address that is checked
   * would not be the one that is contacted.
   */
  private static boolean isOddNumber(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String lastLabel = name.substring(name.lastIndexOf('.') + 1);
    return NUMBER.matcher(lastLabel).matches() && !IPV4.matcher(host).matches();
  }

  /**
   * Refuses what can be refused without a look-up, so that no name server hears of it: an address
   * that may not be contacted, or a name that says by its form that it is local.
   *
   * @throws StreamException {@code ADDRESS_REFUSED}
   */
  public void checkForm(URI url) throws StreamException {
    String host = requireHost(url);
    if (!lan && isLocalByForm(host)) {
      throw refusedAsLocal(url);
    }
  }

  /**
   * Refuses an address that may not be contacted. May wait for DNS.
   *
   * @throws StreamException {@code ADDRESS_REFUSED} or {@code UNKNOWN_HOST}
   */
  public void check(URI url) throws StreamException {
    String host = requireHost(url);
    try {
      InetAddress[] addresses = resolver.resolve(host);
      if (addresses.length == 0) {
        throw new UnknownHostException(host);
      }
      for (InetAddress address : addresses) {
        if (!allows(address)) {
          throw refusedAsLocal(url);
        }
      }
    } catch (UnknownHostException unknown) {
      throw new StreamException(
          Reason.UNKNOWN_HOST, "The host can't be found: " + Shown.field(host), unknown);
    }
  }

  private static StreamException refusedAsLocal(URI url) {
    return new StreamException(
        Reason.ADDRESS_REFUSED,
        "An address on this machine or network is not allowed (--lan allows it): " + shown(url));
  }

  /** The host of a URL whose form is right. */
  private String requireHost(URI url) throws StreamException {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost();
    if (!SCHEMES.contains(scheme) || host == null || host.isEmpty() || isOddNumber(host)) {
      throw new StreamException(
          Reason.ADDRESS_REFUSED, "This address is not allowed: " + shown(url));
    }
    if (url.getRawUserInfo() != null) {
      throw new StreamException(
          Reason.ADDRESS_REFUSED, "An address with a user name is not allowed: " + shown(url));
    }
    if (!lan && host.indexOf('%') >= 0) {
      throw new StreamException(
          Reason.ADDRESS_REFUSED, "An address that names a network is not allowed: " + shown(url));
    }
    return host;
  }

  /** Whether an address that was named as such may be contacted. */
  public boolean allows(InetAddress address) {
    return lan || isPublic(address);
  }

  private static String shown(URI url) {
    return Shown.field(url.getScheme() + "://" + url.getHost());
  }

  /** Whether an address is one that the public Internet routes (RFC 6890 and its updates). */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6((Inet6Address) address);
  }

  private static boolean isPublic4(byte[] b) {
    int first = b[0] & 0xff;
    int second = b[1] & 0xff;
    int third = b[2] & 0xff;
    boolean reserved =
        first == 0
            || first == 10
            || first == 127
            || first >= 224
            || (first == 100 && (second & 0xc0) == 64) // RFC 6598, behind the provider's NAT
            || (first == 169 && second == 254)
            || (first == 172 && (second & 0xf0) == 16)
            || (first == 192 && second == 168)
            || (first == 192 && second == 0 && (third == 0 || third == 2))
            || (first == 192 && second == 88 && third == 99) // RFC 7526, 6to4 relays
            || (first == 198 && (second & 0xfe) == 18) // RFC 2544, benchmarks
            || (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    return !reserved;
  }

  private static boolean isPublic6(Inet6Address address) {
    byte[] b = address.getAddress();
    int head = (b[0] & 0xff) << 8 | (b[1] & 0xff);
    if (head == 0x2002) { // 6to4 (RFC 3056) carries an IPv4 address
      return isPublic4(Arrays.copyOfRange(b, 2, 6));
    }
    if (isNat64(b)) {
      return isPublic4(Arrays.copyOfRange(b, 12, 16));
    }
    boolean protocols = head == 0x2001 && (b[2] & 0xfe) == 0; // RFC 2928: Teredo, benchmarks, …
    boolean documentation =
        (head == 0x2001 && (b[2] & 0xff) == 0x0d && (b[3] & 0xff) == 0xb8) // RFC 3849
            || (head == 0x3fff && (b[2] & 0xf0) == 0); // RFC 9637
    // Only 2000::/3 is handed out; that leaves fc00::/7, mapped and compatible addresses outside.
    return (b[0] & 0xe0) == 0x20 && !protocols && !documentation;
  }

  /** The well-known prefix 64:ff9b::/96 (RFC 6052); that of local translators is not public. */
  private static boolean isNat64(byte[] address) {
    return Arrays.equals(address, 0, NAT64.length, NAT64, 0, NAT64.length);
  }
}
