package org.peerlet.ui.bench;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the benchmarks of many viewers at one site let one choose, besides {@link LabOptions}. */
final class CrowdOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec benchmark;

  @Option(
      names = "--origin",
      defaultValue = "2",
      description = "The site's uplink, in bitrates of the clip. Default: ${DEFAULT-VALUE}.")
  double originUplink;

  @Option(
      names = "--subject",
      defaultValue = "peerlet",
      split = ",",
      description = "peerlet, http or bare; may be repeated. Default: ${DEFAULT-VALUE}.")
  private List<Subject> subjects;

  /** Who takes turns. */
  List<Subject> subjects() {
    if (subjects.contains(Subject.CHROMIUM)) {
      throw new ParameterException(
          benchmark.commandLine(), "a crowd of browsers would measure this machine alone");
    }
    return subjects;
  }
}
