package org.peerlet.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  @Test
  void readsMethodTargetVersionAndHeaders() throws Exception {
    RequestHead head =
        RequestHead.parse("HEAD /a/b HTTP/1.0\r\nHost:x\r\nRANGE: \t bytes=0- \r\nhost: y\r\n");
    assertThat(head.head()).isTrue();
    assertThat(head.target()).isEqualTo("/a/b");
    assertThat(head.minorVersion()).isZero();
    assertThat(head.values("Host")).containsExactly("x", "y");
    assertThat(head.first("Range")).isEqualTo("bytes=0-");
    assertThat(head.first("Origin")).isNull();
  }

  @Test
  void keepsTheConnectionAsTheVersionSays() throws Exception {
    assertThat(RequestHead.parse("GET / HTTP/1.1\r\n").keepAlive()).isTrue();
    assertThat(RequestHead.parse("GET / HTTP/1.1\r\nConnection: TE, Close\r\n").keepAlive())
        .isFalse();
    assertThat(RequestHead.parse("GET / HTTP/1.0\r\n").keepAlive()).isFalse();
    assertThat(RequestHead.parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n").keepAlive())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "GET / HTTP/1.1 \r\n",
        "GET  / HTTP/1.1\r\n",
        "GET /\r\n",
        "GET /a b HTTP/1.1\r\n",
        "GET /\u00e9 HTTP/1.1\r\n",
        "GET /\0 HTTP/1.1\r\n",
        "get / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\n",
        "GET / HTTP/2.0\r\n",
        "GET / HTTP/0.9\r\n",
        "GET / http/1.1\r\n",
        "GET / HTTP/1.1\r\nHost\r\n",
        "GET / HTTP/1.1\r\nHost : x\r\n",
        "GET / HTTP/1.1\r\n: x\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n folded\r\n",
        "GET / HTTP/1.1\r\nA: b\nHost: x\r\n",
        "GET / HTTP/1.1\r\nA: b\rc\r\n",
        "GET / HTTP/1.1\r\nA: \0\r\n",
        "GET / HTTP/1.1\r\nA: \u001b[2J\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
      })
  void refusesWhatNoPlayerSends(String text) {
    assertThatThrownBy(() -> RequestHead.parse(text)).isInstanceOf(BadRequestException.class);
  }

  @Test
  void takesHeadsOneByteAtATimeAndOneAfterAnother() throws Exception {
    HeadBuffer buffer = new HeadBuffer();
    String two = "GET /1 HTTP/1.1\r\nA: b\r\n\r\nGET /2 HTTP/1.1\r\n\r\n";
    StringBuilder targets = new StringBuilder();
    for (byte next : two.getBytes(ISO_8859_1)) {
      buffer.space().put(next);
      RequestHead head = buffer.take();
      targets.append(head == null ? "" : head.target());
    }
    assertThat(targets).hasToString("/1/2");

    buffer.space().put(two.getBytes(ISO_8859_1));
    assertThat(targetOf(buffer.take())).isEqualTo("/1");
    assertThat(targetOf(buffer.take())).isEqualTo("/2");
    assertThat(buffer.take()).isNull();
  }

  @Test
  void takesEightKibibytesOfHeadAndNotAByteMore() throws Exception {
    String most = head(HeadBuffer.MAX_HEAD_BYTES);
    HeadBuffer buffer = new HeadBuffer();
    buffer.space().put(most.getBytes(ISO_8859_1));
    assertThat(targetOf(buffer.take())).isEqualTo("/");

    HeadBuffer full = new HeadBuffer();
    String more = head(HeadBuffer.MAX_HEAD_BYTES + 1);
    full.space().put(more.substring(0, HeadBuffer.MAX_HEAD_BYTES).getBytes(ISO_8859_1));
    assertThatThrownBy(full::take).isInstanceOf(BadRequestException.class);
  }

  private static String head(int lengthBytes) {
    String start = "GET / HTTP/1.1\r\nA: ";
    return start + "a".repeat(lengthBytes - start.length() - 4) + "\r\n\r\n";
  }

  private static String targetOf(@Nullable RequestHead head) {
    return head == null ? "none" : head.target();
  }
}
