package org.peerlet.jnlp.webstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerlet.fixtures.lab.LabProcess;
import org.peerlet.fixtures.media.Media;

/** From the launch file to the picture, with Debian's launcher. */
class WebStartIT {
  @TempDir private Path folder;

  @Test
  void playsAClipAndASecondOneWithoutFetchingThePlayerAgain() throws Exception {
    SigningKey key = DevelopmentKey.in(folder.resolve("key"));
    Path siteFolder = Files.createDirectory(folder.resolve("site"));
    try (PublishedSite site = PublishedSite.open(siteFolder, key);
        Javaws javaws = Javaws.open()) {
      Path first = site.publish("first", Media.CLIP_60S);
      Path second = site.publish("second", Media.CLIP_60S);

      LabProcess player = javaws.open("first", first.toString());
      double early = javaws.awaitTime(player, time -> true);
      javaws.awaitTime(player, time -> time > early + 1);
      javaws.screenshot("web-start");
      javaws.closeWindow();
      assertThat(player.awaitExit(Javaws.PATIENCE)).isZero();
      assertThat(jarBytes(site)).isPositive();

      site.server().forget();
      LabProcess again = javaws.open("second", second.toString());
      javaws.awaitTime(again, time -> time > 1);
      javaws.closeWindow();
      assertThat(again.awaitExit(Javaws.PATIENCE)).isZero();
      assertThat(jarBytes(site)).isZero();
      System.out.println(site.server().requests());
    }
  }

  private static long jarBytes(PublishedSite site) {
    List<StaticServer.Request> requests = site.server().requests();
    return requests.stream()
        .filter(request -> request.path().endsWith(".jar"))
        .mapToLong(StaticServer.Request::bytes)
        .sum();
  }
}
