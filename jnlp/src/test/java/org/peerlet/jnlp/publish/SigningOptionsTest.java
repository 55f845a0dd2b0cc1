package org.peerlet.jnlp.publish;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.core.StreamException;
import picocli.CommandLine;

class SigningOptionsTest {
  @TempDir private Path folder;

  @Test
  void saysThatThePasswordFileIsWhatCantBeRead() throws Exception {
    Path none = folder.resolve("none");
    Path latin1 = folder.resolve("latin-1");
    Files.write(latin1, "geheim\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    for (Path file : new Path[] {none, latin1, folder}) {
      SigningOptions options =
          CommandLine.populateCommand(
              new SigningOptions(), "--keystore=" + none, "--password-file=" + file);
      assertThatThrownBy(options::key)
          .isInstanceOf(StreamException.class)
          .hasMessage("The password file " + file + " does not exist or can't be read as text.");
    }
  }
}
