package org.peerlet.ui.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.core.StreamException.Reason;
import org.peerlet.core.StreamStatus;
import org.peerlet.core.StreamStatus.ByteSpan;

/**
 * A status as scripts read it; names are part of the command's contract.
 *
 * @param state lower case
 * @param lengthBytes of the clip
 * @param bufferedBytes of the clip that are there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusJson(
    String state,
    String title,
    long lengthBytes,
    long bufferedBytes,
    int peers,
    long downloadBytesPerSecond,
    long uploadBytesPerSecond,
    long bytesFromPeers,
    long bytesFromOrigin,
    long bytesDuplicate,
    long bytesUploaded,
    @Nullable Long timeToFirstByteMillis,
    @Nullable String notice,
    @Nullable String failure) {

  static StatusJson of(StreamStatus status) {
    return new StatusJson(
        status.state().name().toLowerCase(Locale.ROOT),
        status.title(),
        status.lengthBytes(),
        status.buffered().stream().mapToLong(StatusJson::length).sum(),
        status.peers(),
        status.downloadBytesPerSecond(),
        status.uploadBytesPerSecond(),
        status.bytesFromPeers(),
        status.bytesFromOrigin(),
        status.bytesDuplicate(),
        status.bytesUploaded(),
        status.timeToFirstByte() == null ? null : status.timeToFirstByte().toMillis(),
        status.notice(),
        sentence(status.failure()));
  }

  /** That the clip was closed is what its state says; it is no failure. */
  private static @Nullable String sentence(@Nullable StreamException failure) {
    return failure == null || failure.reason() == Reason.CLOSED ? null : failure.sentence();
  }

  private static long length(ByteSpan span) {
    return span.end() - span.first();
  }
}
