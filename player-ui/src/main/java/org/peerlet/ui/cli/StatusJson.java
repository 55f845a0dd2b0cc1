package org.peerlet.ui.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.Waiting;

/**
 * A status as scripts read it; names are part of the command's contract.
 *
 * @param state lower case
 * @param lengthBytes of the clip
 * @param bufferedBytes of the clip that are there
 * @param bufferSeconds playing time ahead; missing until known
 * @param offload what the origin was spared, in [0, 1] once a few pieces are there
 * @param originPieces asked of the origin, by why
 * @param waiting for what comes next: why it is not taken from the origin, or will be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusJson(
    String state,
    String title,
    long lengthBytes,
    long bufferedBytes,
    @Nullable Double bufferSeconds,
    long clipBytesPerSecond,
    int peers,
    long downloadBytesPerSecond,
    long uploadBytesPerSecond,
    long bytesFromPeers,
    long bytesFromOrigin,
    long bytesDuplicate,
    long bytesUploaded,
    @Nullable Double offload,
    Map<String, Integer> originPieces,
    List<Waiting> waiting,
    @Nullable Long timeToFirstByteMillis,
    @Nullable String notice,
    @Nullable String failure) {

  static StatusJson of(StreamStatus status) {
    return new StatusJson(
        status.state().name().toLowerCase(Locale.ROOT),
        status.title(),
        status.lengthBytes(),
        status.bufferedBytes(),
        status.ahead() == null ? null : status.ahead().toMillis() / 1000.0,
        status.clipBytesPerSecond(),
        status.peers(),
        status.downloadBytesPerSecond(),
        status.uploadBytesPerSecond(),
        status.bytesFromPeers(),
        status.bytesFromOrigin(),
        status.bytesDuplicate(),
        status.bytesUploaded(),
        status.offload(),
        status.originUse().pieces(),
        status.originUse().waiting(),
        status.timeToFirstByte() == null ? null : status.timeToFirstByte().toMillis(),
        status.notice(),
        sentence(status.failure()));
  }

  /** That the clip was closed is what its state says; it is no failure. */
  private static @Nullable String sentence(@Nullable StreamException failure) {
    return failure == null || failure.reason() == Reason.CLOSED ? null : failure.sentence();
  }
}
