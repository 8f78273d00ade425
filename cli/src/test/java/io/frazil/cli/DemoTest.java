package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first command that a newcomer runs.
final class DemoTest {
  @TempDir private Path folder;

  @Test
  void theDemoMakesItsTablesAndShowsWhatEachQueryTook() {
    var line = new CommandLineRun(folder);
    assertThat(line.inWarehouse("demo", "--scale", "0.01")).as(line.err()).isZero();
    assertThat(line.err())
        .startsWith("TPC-H at scale 0.01 in '" + line.warehouse() + "' ...\n")
        .doesNotContain("error");
    assertThat(line.warehouse()).isDirectoryRecursivelyContaining("glob:**/lineitem/**.parquet");
    assertThat(line.out())
        .containsSubsequence(
            "Q1: a report over nearly all lines\n",
            "l_returnflag",
            "Q3: two joins and the ten best\n",
            "o_shippriority",
            "and more rows",
            "Q6: a filter that prunes files by date\n",
            "revenue",
            "Q13: an outer join and a count of counts\n",
            "custdist",
            "Next: ./frazil for a shell")
        .containsPattern("(?s)(on Lambda \\(.*?\\): \\$0\\.\\d+.*){4}");
  }
}
