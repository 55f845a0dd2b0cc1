package org.peerlet.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchesTest {
  private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0";
  private static final String JAVA = "Java/17.0.9";
  private static final String A = "a".repeat(32);
  private static final String B = "b".repeat(32);

  private final Launches launches = new Launches();

  @Test
  void confirmsWhatALauncherAsksForAgain() {
    launches.asked(A, BROWSER, 0);
    launches.asked(B, BROWSER, 0);
    launches.asked(A, BROWSER, 1);
    assertThat(launches.isLaunched(A, 2)).contains(false);
    launches.asked(A, JAVA, 3);
    assertThat(launches.isLaunched(A, 4)).contains(true);
    assertThat(launches.isLaunched(B, 4)).contains(false);
    launches.asked(A, BROWSER, 5);
    assertThat(launches.isLaunched(A, 6)).contains(true);
  }

  @Test
  void takesNoTokenFromALauncherAlone() {
    launches.asked(A, JAVA, 0);
    assertThat(launches.isLaunched(A, 0)).isEmpty();
  }

  @Test
  void knowsLaunchersByTheirJava() {
    for (String agent :
        new String[] {"Java/17.0.9", "netx/1.8.8 Java/11.0.2", "icedtea-web/1.8.8 Java/17"}) {
      launches.asked(A, BROWSER, 0);
      launches.asked(A, agent, 0);
      assertThat(launches.isLaunched(A, 0)).as(agent).contains(true);
    }
    for (String agent : new String[] {"", "Java", "JavaFX/21", "NotJava/17", "Java/x", BROWSER}) {
      launches.asked(B, BROWSER, 0);
      launches.asked(B, agent, 0);
      assertThat(launches.isLaunched(B, 0)).as(agent).contains(false);
    }
    launches.asked(B, null, 0);
    assertThat(launches.isLaunched(B, 0)).contains(false);
  }

  @Test
  void forgetsAfterFiveMinutes() {
    launches.asked(A, BROWSER, 0);
    assertThat(launches.isLaunched(A, Launches.KEPT_MILLIS - 1)).contains(false);
    assertThat(launches.isLaunched(A, Launches.KEPT_MILLIS)).isEmpty();
    launches.asked(A, JAVA, Launches.KEPT_MILLIS);
    assertThat(launches.isLaunched(A, Launches.KEPT_MILLIS)).isEmpty();
  }

  @Test
  void forgetsTheEldestOfTooMany() {
    for (int i = 0; i <= Launches.MAX_TOKENS; i++) {
      launches.asked("%032x".formatted(i), BROWSER, 0);
    }
    assertThat(launches.isLaunched("%032x".formatted(0), 0)).isEmpty();
    assertThat(launches.isLaunched("%032x".formatted(1), 0)).contains(false);
    launches.asked("%032x".formatted(1), JAVA, 0);
    launches.asked(A, BROWSER, 0);
    assertThat(launches.isLaunched("%032x".formatted(1), 0)).contains(true);
    assertThat(launches.isLaunched("%032x".formatted(2), 0)).isEmpty();
  }

  @Test
  void readsExactly32HexadecimalDigits() {
    assertThat(Launches.tokenOf("launch=" + A)).isEqualTo(Optional.of(A));
    assertThat(Launches.tokenOf("launch=0123456789ABCDEFabcdef0123456789")).isPresent();
    for (String query :
        new String[] {
          "",
          "launch",
          "launch=",
          "launch=" + "a".repeat(31),
          "launch=" + "a".repeat(33),
          "launch=" + "g".repeat(32),
          "launch=" + "\u0661".repeat(32),
          "launch=" + "%61".repeat(32),
          "launch=" + A + "&x",
          "x=1&launch=" + A,
          "launch=" + A + "&launch=" + A,
          "Launch=" + A,
          " launch=" + A,
          "launch=" + A + "\n",
          "launch=%22%3E%3Cscript%3E" + A,
          "launch=" + A + "#"
        }) {
      assertThat(Launches.tokenOf(query)).as(query).isEmpty();
    }
    assertThat(Launches.tokenOf(null)).isEmpty();
  }
}
