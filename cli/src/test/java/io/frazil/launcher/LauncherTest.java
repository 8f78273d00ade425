package io.frazil.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.launcher.Checkout.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher does before there is a JVM.
final class LauncherTest {
  private static final String BUILDING =
      "Building Frazil (once; a minute or two, longer where dependencies have to be fetched) ...\n";
  private static final String PREPARING = "Preparing the start-up cache ...\n";

  @TempDir private Path folder;
  private Checkout checkout;

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = Checkout.in(folder);
  }

  @Test
  void firstStartBuildsAndTheSecondOnlyRuns() throws Exception {
    Start first = checkout.start("tables");
    assertThat(first.err()).isEqualTo(BUILDING + PREPARING);
    assertThat(first.out()).endsWith("/cli/target/lib/frazil-cli-1.jar\ntables\n");
    Start second = checkout.start("sql", "-c", "SELECT  1");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("-XX:AOTCache=").endsWith("sql\n-c\nSELECT  1\n");
    assertThat(checkout.buildCount()).isOne();
    assertThat(checkout.trainingCount()).isOne();
  }

  @Test
  void twoFirstStartsBuildOnce() throws Exception {
    checkout.build("sleep 1; mkdir -p cli/target/lib && touch cli/target/lib/frazil-cli-1.jar");
    Process one = checkout.launch(checkout.launcher(), "one");
    Process two = checkout.launch(checkout.launcher(), "two");
    assertThat(Checkout.end(one).out()).endsWith("\none\n");
    assertThat(Checkout.end(two).out()).endsWith("\ntwo\n");
    assertThat(checkout.buildCount()).isOne();
    assertThat(checkout.trainingCount()).isOne();
  }

  @Test
  void runsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("frazil"), checkout.launcher());
    assertThat(Checkout.end(checkout.launch(link, "tables")).out()).endsWith("\ntables\n");
  }

  @Test
  void changedSourceIsBuiltAgain() throws Exception {
    checkout.start();
    checkout.write("cli/src/main/A.java", "changed");
    checkout.start();
    assertThat(checkout.buildCount()).isEqualTo(2);
  }

  @Test
  void jarsBuiltByHandGetANewCache() throws Exception {
    checkout.start();
    checkout.write("cli/target/lib/frazil-cli-1.jar", "changed");
    assertThat(checkout.start().err()).isEqualTo(PREPARING);
    assertThat(checkout.buildCount()).isOne();
  }

  @Test
  void anotherJdkGetsANewCache() throws Exception {
    checkout.start();
    checkout.jdkRelease("25.0.2");
    assertThat(checkout.start().err()).isEqualTo(PREPARING);
    assertThat(checkout.start().err()).isEmpty();
  }

  @Test
  void goesOnWhereTheCacheCannotBeMade() throws Exception {
    checkout.java("case \"$*\" in *AOTCacheOutput*) exit 1;; esac");
    assertThat(checkout.start().err())
        .isEqualTo(
            BUILDING
                + PREPARING
                + "The start-up cache could not be made (cli/target/training.log says why);"
                + " going on.\n");
    Start second = checkout.start("tables");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).doesNotContain("AOTCache").endsWith("\ntables\n");
  }

  @Test
  void failedBuildIsTriedAgain() throws Exception {
    checkout.build("echo 'no space left'; exit 1");
    Start failed = checkout.start();
    assertThat(failed.status()).isOne();
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .isEqualTo(BUILDING + "no space left\nThe build failed: what it said is above.\n");
    checkout.start();
    assertThat(checkout.buildCount()).isEqualTo(2);
  }

  @Test
  void interruptedBuildLeavesNothingThatLooksBuilt() throws Exception {
    checkout.build("kill -INT $PPID $$");
    assertThat(checkout.start().status()).isEqualTo(130);
    assertThat(checkout.has("cli/target/built")).isFalse();
  }

  @Test
  void memoryBecomesTheHeap() throws Exception {
    assertThat(checkout.start("sql", "--memory", "1.5GB").out()).startsWith("-Xmx1336m\n");
    assertThat(checkout.start("sql", "--memory=512MB").out()).startsWith("-Xmx312m\n");
  }

  @Test
  void statusOfTheCommandIsTheLaunchers() throws Exception {
    checkout.start();
    checkout.java("exit 7");
    assertThat(checkout.start().status()).isEqualTo(7);
  }
}
