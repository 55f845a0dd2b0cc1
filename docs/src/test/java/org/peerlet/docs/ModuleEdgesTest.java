package org.peerlet.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may import whom: the edges of {@code architecture.md}. */
class ModuleEdgesTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.peerlet");

  /** Modules by the package that each of them has, and the modules it may import. */
  private static final Map<String, Set<String>> MODULES =
      Map.of(
          "core", Set.of(),
          "ui", Set.of("core"),
          "jnlp", Set.of("core", "bootstrap"),
          "bootstrap", Set.of(),
          "tracker", Set.of(),
          "fixtures", Set.of());

  @Test
  void seesAllModules() {
    assertThat(OURS.stream().map(ModuleEdgesTest::module).collect(Collectors.toSet()))
        .containsAll(MODULES.keySet());
  }

  @Test
  void modulesImportWhatTheyMay() {
    MODULES.forEach(
        (module, allowed) ->
            noClasses()
                .that()
                .resideInAPackage("org.peerlet." + module + "..")
                .should()
                .dependOnClassesThat(
                    DescribedPredicate.describe(
                        "are in a module that " + module + " may not import",
                        target ->
                            isOurs(target)
                                && !module(target).equals(module)
                                && !allowed.contains(module(target))))
                .check(OURS));
  }

  @Test
  void packagesOfTheEngineImportWhatArchitectureSays() {
    Map<String, Set<String>> allowed = packageEdges();
    Map<String, Set<String>> beyond = new TreeMap<>();
    for (JavaClass each : OURS) {
      if (module(each).equals("core")) {
        String from = enginePackage(each);
        Set<String> may = allowed.getOrDefault(from, Set.of());
        each.getDirectDependenciesFromSelf().stream()
            .map(edge -> edge.getTargetClass().getBaseComponentType())
            .filter(target -> isOurs(target) && module(target).equals("core"))
            .map(ModuleEdgesTest::enginePackage)
            .filter(to -> !to.equals(from) && !may.contains(to))
            .forEach(to -> beyond.computeIfAbsent(from, key -> new TreeSet<>()).add(to));
      }
    }
    assertThat(beyond).isEmpty();
  }

  /** The last table of the section on packages: the document is the rule. */
  private static Map<String, Set<String>> packageEdges() {
    String section = Markdown.of("docs/architecture.md").section("Packages and their threads");
    Map<String, Set<String>> edges = new TreeMap<>();
    for (List<String> row : Markdown.rows(section)) {
      if (row.size() == 2) {
        for (String from : Markdown.codeIn(row.get(0))) {
          edges.put(from, Set.copyOf(Markdown.codeIn(row.get(1))));
        }
      }
    }
    Set<String> others = new TreeSet<>(edges.keySet());
    edges.put("engine", others);
    assertThat(edges).containsKeys("core", "schedule", "torrent", "http");
    return edges;
  }

  @Test
  void everyPackageStandsInArchitecture() {
    Set<String> documented =
        Markdown.of("docs/architecture.md").code().stream()
            .filter(code -> code.startsWith("org.peerlet"))
            .collect(Collectors.toSet());
    Set<String> shipped =
        OURS.stream()
            .filter(each -> Set.of("core", "ui", "tracker", "jnlp").contains(module(each)))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertThat(documented).containsAll(shipped);
  }

  @Test
  void onlyTheWindowKnowsJavaFx() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.peerlet.ui..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javafx..")
        .check(OURS);
  }

  @Test
  void theBootstrapNeedsNothingButAJdk() {
    classes()
        .that()
        .resideInAPackage("org.peerlet.bootstrap..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.peerlet.bootstrap..", "java..", "javax.swing..", "org.jspecify..")
        .check(OURS);
  }

  @Test
  void onlyOnePackageKnowsLibtorrent() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.peerlet.core.torrent..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.libtorrent4j..")
        .check(OURS);
  }

  @Test
  void onlyTheTrackerKnowsJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.peerlet.tracker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(OURS);
  }

  @Test
  void schedulingIsPure() {
    classes()
        .that()
        .resideInAPackage("org.peerlet.core.schedule..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.peerlet.core.schedule..",
            "java.lang..",
            "java.util",
            "java.util.function..",
            "java.util.stream..",
            "org.jspecify..")
        .check(OURS);
    noClasses()
        .that()
        .resideInAPackage("org.peerlet.core.schedule..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(OURS);
  }

  private static boolean isOurs(JavaClass each) {
    return each.getPackageName().startsWith("org.peerlet.");
  }

  private static String module(JavaClass each) {
    return each.getPackageName().split("\\.", 4)[2];
  }

  private static String enginePackage(JavaClass each) {
    String name = each.getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
