package org.peerlet.core.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;

/** threats.md T6. */
final class AddressPolicyTest {
  private static final AddressPolicy PUBLIC = new AddressPolicy(false, AddressPolicyTest::resolve);
  private static final AddressPolicy LAN = new AddressPolicy(true, AddressPolicyTest::resolve);

  /** Names that a site's own DNS answers, as it likes. */
  private static final Map<String, List<String>> DNS =
      Map.of(
          "public.example", List.of("93.184.216.34"),
          "both.example", List.of("93.184.216.34", "2606:2800:220:1::1"),
          "loopback.example", List.of("127.0.0.1"),
          "loopback6.example", List.of("::1"),
          "router.example", List.of("192.168.1.1"),
          "metadata.example", List.of("169.254.169.254"),
          "mixed.example", List.of("93.184.216.34", "10.0.0.5"),
          "mixed6.example", List.of("2606:2800:220:1::1", "fd00::1"),
          "nothing.example", List.of());

  private static InetAddress[] resolve(String host) throws UnknownHostException {
    List<String> answers = DNS.get(host);
    if (answers == null) {
      if (host.matches("[a-z0-9.-]*[a-z][a-z0-9.-]*") && !host.contains("localhost")) {
        throw new UnknownHostException(host); // never a real look-up
      }
      return InetAddress.getAllByName(host);
    }
    InetAddress[] addresses = new InetAddress[answers.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getByName(answers.get(i));
    }
    return addresses;
  }

  private static void check(AddressPolicy policy, String url) throws StreamException {
    policy.check(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Loopback and "this host", in every form that some parser takes for one
        "http://127.0.0.1/",
        "http://127.0.0.1:6881/",
        "http://127.255.255.254/",
        "http://0.0.0.0/",
        "http://0.1.2.3/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://localhost:8080/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.1./",
        "http://93.184.216.034/",
        "udp://0177.0.0.1:6969/announce",
        "udp://0x7f.1:6969/announce",
        "udp://2130706433:6969/announce",
        // Private, link-local, shared, reserved
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://100.127.255.255/",
        "http://192.0.0.1/",
        "http://192.0.2.1/",
        "http://192.88.99.1/",
        "http://198.18.0.1/",
        "http://198.19.255.255/",
        "http://198.51.100.7/",
        "http://203.0.113.9/",
        "http://224.0.0.1/",
        "http://239.255.255.250:1900/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        // IPv6
        "http://[::1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[::8.8.8.8]/",
        "http://[64:ff9b::127.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[64:ff9b:1:a00:0:100:808:808]/",
        "http://[2002:7f00:1::]/",
        "http://[2002:c0a8:101::1]/",
        "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "http://[2001:2::1]/",
        "http://[2001:10::1]/",
        "http://[2001:db8::1]/",
        "http://[3fff::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[fc00::1]/",
        "http://[fd12:3456::1]/",
        "http://[ff02::1]/",
        "http://[100::1]/",
        "http://[4000::1]/",
        // A zone picks a network
        "http://[fe80::1%25lo]/",
        "http://[fe80::1%lo]/",
        "http://[2606:2800:220:1::1%lo]/",
        // User info, to look like another host
        "http://user@93.184.216.34/",
        "http://public.example@127.0.0.1/",
        "http://public.example:80@127.0.0.1/",
        "http://127.0.0.1@93.184.216.34/",
        "http://user:secret@public.example/",
        // Schemes
        "file:///etc/passwd",
        "ftp://93.184.216.34/",
        "jar:http://public.example/a.jar!/",
        "gopher://public.example/",
        "javascript:alert(1)",
        "http:///path",
        "http:opaque",
        "//public.example/",
        "/path",
        "",
        // Names that lead inside
        "http://loopback.example/",
        "http://loopback6.example/",
        "http://router.example/",
        "http://metadata.example/",
        "http://mixed.example/",
        "http://mixed6.example/",
        "https://router.example:8443/admin",
        "udp://router.example:53/",
        "udp://127.0.0.1:53/announce"
      })
  void refuses(String url) {
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> check(PUBLIC, url))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED))
        .satisfies(refused -> assertThat(refused.sentence()).doesNotContain("secret", "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://93.184.216.34/",
        "https://93.184.216.34:8443/clip.mp4?a=b",
        "HTTP://8.8.8.8/",
        "udp://8.8.8.8:6969/announce",
        "http://172.15.255.255/",
        "http://172.32.0.1/",
        "http://100.63.255.255/",
        "http://100.128.0.1/",
        "http://192.0.1.1/",
        "http://198.17.255.255/",
        "http://198.20.0.1/",
        "http://223.255.255.255/",
        "http://[2606:2800:220:1::1]/",
        "http://[2001:4860:4860::8888]/",
        "http://[2001:200::1]/",
        "http://[2002:808:808::1]/",
        "http://[64:ff9b::808:808]/",
        "http://public.example/",
        "https://both.example/clip.mp4"
      })
  void allows(String url) {
    assertThatCode(() -> check(PUBLIC, url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:6881/",
        "http://localhost/",
        "http://[::1]/",
        "http://192.168.1.1/",
        "http://mixed.example/",
        "udp://10.0.0.1:6969/"
      })
  void allowsLocalAddressesWhereTheViewerSaysSo(String url) {
    assertThatCode(() -> check(LAN, url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "http://u@127.0.0.1/", "ftp://10.0.0.1/", "http://127.1/"})
  void refusesOtherSchemesUsersAndOddNumbersEvenOnTheLan(String url) {
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> check(LAN, url))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
  }

  @Test
  void saysThatAHostIsUnknown() {
    for (AddressPolicy policy : Arrays.asList(PUBLIC, LAN)) {
      assertThatExceptionOfType(StreamException.class)
          .isThrownBy(() -> check(policy, "http://no-such-host.example/"))
          .satisfies(unknown -> assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN_HOST))
          .satisfies(unknown -> assertThat(unknown.sentence()).contains("no-such-host.example"));
    }
  }

  @Test
  void takesAnEmptyAnswerForAnUnknownHost() {
    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> check(PUBLIC, "http://nothing.example/"))
        .satisfies(unknown -> assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN_HOST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/clip.torrent",
        "http://LocalHost/",
        "http://site.localhost/",
        "http://nas.local/clip.torrent",
        "http://nas/clip.torrent",
        "http://127.0.0.1/",
        "http://192.168.1.20/",
        "http://10.1.2.3/",
        "http://[::1]/",
        "http://[fd00::1]/"
      })
  void letsASourceThatIsLocalByItsFormNameLocalAddresses(String url) {
    assertThat(AddressPolicy.forSource(URI.create(url), false)).returns(true, AddressPolicy::lan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/clip.torrent",
        "http://localhost.example.com/",
        "http://nas.local.example/",
        "http://router.example/",
        "http://127.0.0.1.example/",
        "http://93.184.216.34/",
        "http://[2606:2800:220:1::1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "file:///videos/clip.torrent"
      })
  void treatsAllOtherSourcesAsPublic(String url) {
    assertThat(AddressPolicy.forSource(URI.create(url), false)).returns(false, AddressPolicy::lan);
    assertThat(AddressPolicy.forSource(URI.create(url), true)).returns(true, AddressPolicy::lan);
  }
}
