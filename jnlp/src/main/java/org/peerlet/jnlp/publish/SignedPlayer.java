package org.peerlet.jnlp.publish;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.peerlet.core.StreamException;
import org.peerlet.jnlp.page.ByteText;
import org.peerlet.jnlp.page.ClipEntry;
import org.peerlet.jnlp.page.SiteAddress;
import org.peerlet.jnlp.webstart.PlatformReport;
import org.peerlet.jnlp.webstart.WebStart;

/** The player, signed with the site owner's key. */
final class SignedPlayer implements WebStartPart {
  private final SigningOptions options;
  private final Progress progress;
  private final Notices notices;
  private @Nullable WebStart webStart;

  SignedPlayer(SigningOptions options, Progress progress, Notices notices) {
    this.options = options;
    this.progress = progress;
    this.notices = notices;
  }

  @Override
  public List<String> install(Path folder, SiteAddress site) throws IOException, StreamException {
    WebStart installed = options.install(folder, site, progress, notices);
    webStart = installed;
    return installed.platforms().stream().map(SignedPlayer::text).toList();
  }

  /** Such as {@code linux-x86_64 (16.2 MB once)}. */
  private static String text(PlatformReport report) {
    return "%s (%s once%s)"
        .formatted(
            report.platform().id(),
            ByteText.of(report.firstDownloadBytes()),
            report.peers() ? "" : ", from the site alone");
  }

  @Override
  public String jnlp(SiteAddress site, ClipEntry clip) {
    WebStart installed = installed();
    URI own = site.of(clip.slug(), "clip.jnlp");
    URI manifest = site.of(clip.slug(), "clip.json");
    return new String(installed.jnlp(clip.title(), own, manifest), StandardCharsets.UTF_8);
  }

  @Override
  public void removeUnused() throws IOException {
    installed().removeUnused();
  }

  private WebStart installed() {
    return Objects.requireNonNull(webStart, "the jars come first");
  }
}
