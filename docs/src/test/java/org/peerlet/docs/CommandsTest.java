package org.peerlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.peerlet.jnlp.publish.PublishMain;
import org.peerlet.tracker.ServeMain;
import org.peerlet.ui.cli.Peerlet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code commands.md} says what the commands take and print. */
class CommandsTest {
  private static final Markdown PAGE = Markdown.of("docs/commands.md");

  /** How a section says that the table of another one counts, too. */
  private static final String LIKE_PLAY = "takes the options of `play`";

  @Test
  void namesTheCommandsOfTheScript() {
    Set<String> offered = new TreeSet<>();
    Pattern.compile("(?m)^  ([a-z]+) .*  ")
        .matcher(Repository.text("peerlet").split("TEXT", 3)[1])
        .results()
        .forEach(command -> offered.add(command.group(1)));
    Set<String> documented = new TreeSet<>();
    Pattern.compile("(?m)^## peerlet ([a-z]+)$")
        .matcher(PAGE.text())
        .results()
        .forEach(command -> documented.add(command.group(1)));
    assertThat(documented).isEqualTo(offered).contains("play", "stream");
  }

  @Test
  void namesTheOptionsOfEachCommand() {
    Map<String, Set<String>> documented = new TreeMap<>();
    Map<String, Set<String>> taken = new TreeMap<>();
    specs()
        .forEach(
            (name, spec) -> {
              String section = PAGE.section("peerlet " + name);
              Set<String> options = optionsOf(section);
              if (section.contains(LIKE_PLAY)) {
                options.addAll(optionsOf(PAGE.section("peerlet play")));
                // It passes on what it does not know, so it need not declare them all.
                options.retainAll(optionsOf(spec));
              }
              documented.put(name, options);
              taken.put(name, optionsOf(spec));
            });
    assertThat(documented).isEqualTo(taken).containsKeys("stream", "serve", "demo");
  }

  private static Map<String, CommandSpec> specs() {
    Map<String, CommandSpec> specs = new TreeMap<>();
    new CommandLine(Peerlet.class)
        .getSubcommands()
        .forEach((name, command) -> specs.put(name, command.getCommandSpec()));
    specs.put("serve", new CommandLine(ServeMain.class).getCommandSpec());
    specs.put("publish", new CommandLine(PublishMain.class).getCommandSpec());
    return specs;
  }

  private static Set<String> optionsOf(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Arrays.stream(option.names()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> optionsOf(String section) {
    return Markdown.rows(section).stream()
        .flatMap(row -> Markdown.codeIn(row.get(0)).stream())
        .filter(code -> code.startsWith("-"))
        .map(code -> code.split(" ", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void namesTheFieldsOfTheStatus() throws ClassNotFoundException {
    assertThat(fields("Status")).isEqualTo(components("org.peerlet.ui.cli.StatusJson"));
  }

  @Test
  void namesTheFieldsOfTheReceipt() throws ClassNotFoundException {
    assertThat(fields("Receipt of play")).isEqualTo(components("org.peerlet.ui.player.Receipt"));
  }

  private static List<String> fields(String section) {
    return Markdown.rows(PAGE.section(section)).stream()
        .map(row -> Markdown.codeIn(row.get(0)).get(0))
        .toList();
  }

  private static List<String> components(String recordClass) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(recordClass).getRecordComponents())
        .map(component -> component.getName())
        .toList();
  }
}
