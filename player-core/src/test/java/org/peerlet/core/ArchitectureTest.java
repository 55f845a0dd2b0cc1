package org.peerlet.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.peerlet.core.http.PieceAvailability;
import org.peerlet.core.metainfo.TorrentMaker;

/** The edges of the packages. */
final class ArchitectureTest {
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("org.peerlet.core");
  private static final JavaClasses PRODUCT =
      ALL.that(
          describe(
              "are no tests",
              type ->
                  type.getSource().stream()
                      .noneMatch(from -> from.getUri().toString().contains("/test-classes/"))));

  /** What each package may know of the others, besides the values of the root package. */
  private static final Map<String, Set<String>> EDGES =
      Map.of(
          "schedule", Set.of(),
          "metainfo", Set.of(),
          "media", Set.of(),
          "sharing", Set.of(),
          "storage", Set.of("metainfo"),
          "origin", Set.of("metainfo"),
          "http", Set.of("schedule", "storage"),
          "torrent", Set.of("metainfo", "schedule", "sharing", "storage"));

  private static final DescribedPredicate<JavaClass> THREADS =
      resideInAnyPackage("java.util.concurrent..").or(belongToAnyOf(Thread.class));

  /** URIs are values, and failures and arrays as streams do nothing by themselves. */
  private static final DescribedPredicate<JavaClass> FILES_AND_NETWORK =
      resideInAnyPackage("java.io..", "java.nio.channels..", "java.nio.file..", "java.net..")
          .and(not(belongToAnyOf(URI.class, URISyntaxException.class)))
          .and(
              not(
                  describe(
                      "work in memory",
                      type ->
                          type.isAssignableTo(Exception.class)
                              || type.getSimpleName().startsWith("ByteArray")
                              || type.getName().equals("java.io.Serializable"))));

  private static final DescribedPredicate<JavaMethodCall> CLOCKS =
      describe(
          "ask the time",
          call ->
              call.getName().equals("nanoTime")
                  || call.getName().equals("currentTimeMillis")
                  || (call.getName().equals("now")
                      && call.getTargetOwner().getPackageName().startsWith("java.time")));

  @Test
  void onlyOnePackageKnowsLibtorrent() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.peerlet.core.torrent")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.libtorrent4j..")
        .check(PRODUCT);
  }

  @Test
  void schedulingDecidesPurely() {
    noClasses()
        .that()
        .resideInAPackage("org.peerlet.core.schedule")
        .should(dependOnClassesThat(THREADS.or(FILES_AND_NETWORK)))
        .orShould(askTheTime())
        .check(PRODUCT);
  }

  /** But for making a torrent, which reads the video with all processors. */
  @Test
  void torrentsAndMoviesAreReadPurely() {
    noClasses()
        .that()
        .resideInAnyPackage("org.peerlet.core.metainfo", "org.peerlet.core.media")
        .and(not(makeTorrents()))
        .should(dependOnClassesThat(THREADS.or(FILES_AND_NETWORK)))
        .orShould(askTheTime())
        .check(PRODUCT);
  }

  private static DescribedPredicate<JavaClass> makeTorrents() {
    return describe(
        "make torrents",
        type ->
            type.getName().startsWith(TorrentMaker.class.getName())
                || type.getName().startsWith("org.peerlet.core.metainfo.PieceHasher"));
  }

  private static ArchCondition<JavaClass> askTheTime() {
    return callMethodWhere(CLOCKS);
  }

  @Test
  void theCoordinatorDecidesPurely() {
    noClasses()
        .that()
        .haveNameMatching(
            "org.peerlet.core.engine.(StreamCoordinator|OriginBook|ReaderPace)(\\$.*)?")
        .should(dependOnClassesThat(THREADS.or(FILES_AND_NETWORK)))
        .orShould(askTheTime())
        .check(PRODUCT);
  }

  @Test
  void onlyOneClassWaitsForPieces() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(PieceAvailability.class)
        .should(callMethod(Object.class, "wait"))
        .orShould(callMethod(Object.class, "wait", long.class))
        .check(PRODUCT);
  }

  @Test
  void nothingKnowsTheWindow() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..", "javax.jnlp..")
        .check(PRODUCT);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("org.peerlet.core.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void packagesKnowNoMoreOfEachOtherThanTheyMust() {
    EDGES.forEach(
        (name, known) ->
            noClasses()
                .that()
                .resideInAPackage("org.peerlet.core." + name)
                .should(
                    dependOnClassesThat(
                        resideInAPackage("org.peerlet.core.*..")
                            .and(not(resideInAPackage("org.peerlet.core")))
                            .and(not(resideInAPackage("org.peerlet.core." + name)))
                            .and(
                                not(
                                    resideInAnyPackage(
                                        known.stream()
                                            .map(each -> "org.peerlet.core." + each)
                                            .toArray(String[]::new))))))
                .check(PRODUCT));
  }

  @Test
  void nullIsMarkedEverywhere() {
    classes().should(resideInAMarkedPackage()).check(PRODUCT);
  }

  private static ArchCondition<JavaClass> resideInAMarkedPackage() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getPackageName()));
      }
    };
  }

  @Test
  void fakesWorkAndNothingIsMocked() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mockito..", "org.easymock..", "org.jmock..", "org.powermock..")
        .check(ALL);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Manager|Utils?|Helpers?)|.*\\.(Abstract|Default|I)[A-Z][a-z].*")
        .check(ALL);
  }
}
