package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.session.stage.TaskShare.Partitions;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionGroupsTest {
  @Test
  void smallPartitionsGoTogether() {
    assertThat(groups(5, 1, 1, 3, 9))
        .containsExactly(new Partitions(0, 1), new Partitions(1, 4), new Partitions(4, 5));
  }

  @Test
  void largePartitionsStayApart() {
    assertThat(groups(5, 6, 7))
        .containsExactly(new Partitions(0, 1), new Partitions(1, 2), new Partitions(2, 3));
  }

  @Test
  void whatIsLeftOverAtTheEndGoesToTheLastTask() {
    assertThat(groups(5, 5, 1, 1)).containsExactly(new Partitions(0, 1), new Partitions(1, 4));
  }

  @Test
  void emptyPartitionsAreOneTask() {
    assertThat(groups(0, 0, 0)).containsExactly(new Partitions(0, 3));
  }

  private static List<Partitions> groups(long... bytes) {
    return PartitionGroups.of(bytes, 5);
  }
}
