package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.Split;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Spending;
import io.frazil.session.journal.NoJournal;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.journal.StagePlan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Up to which size the tasks of a stage are told to answer with their partials.
@Timeout(120)
class InlinePartialsTest {
  private static final long SPLIT_BYTES = 256L << 20;

  @TempDir private Path folder;

  private final ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @CsvSource({"1, 65536", "1024, 65536", "2048, 32768"})
  void aTaskMayAnswerWith64KiBAndAStageWith64MiB(int tasks, long bytesMax) {
    run(tasks, new MemoryPool(256 << 20));
    assertThat(told).hasSize(tasks).containsOnly(bytesMax);
  }

  @Test
  void partialsAreObjectsWhereThereIsNoMemoryForThem() {
    run(1, new MemoryPool((64 << 10) - 1));
    assertThat(told).containsExactly(0L);
  }

  private void run(int tasks, MemoryPool memory) {
    Split split = new Split.Parquet("f", 0, SPLIT_BYTES, SPLIT_BYTES, null, Map.of());
    StagePlan plan =
        TwoStages.plan(Collections.nCopies(tasks, split), 64, StagePlan.TASK_BYTES_MIN);
    var objects = new StageObjects(new LocalObjectStore(), folder + "/queries/q/", 1);
    StageEnvironment environment =
        TwoStages.environment(
            objects, new NoJournal(objects), this::answered, 64, RetryPolicy.REMOTE, memory);
    try (var query =
        new StagedExecution(plan, TwoStages.tallies(plan, Spending.unlimited()), environment)) {
      assertThat(query.next()).isNull();
    }
    assertThat(memory.used()).isZero();
  }

  private CompletableFuture<FragmentResponse> answered(FragmentRequest request) {
    Fragment fragment = PlanJson.read(Objects.requireNonNull(request.fragment()), Fragment.class);
    told.add(fragment.output().inlineBytesMax());
    var nothing = new PartialManifest.Range(8, 0, 0);
    var partial = new PartialManifest("p", "1", 8, List.copyOf(Collections.nCopies(4, nothing)));
    return CompletableFuture.completedFuture(
        new FragmentResponse(
            request.query(),
            request.stage(),
            request.task(),
            request.attempt(),
            PlanJson.embed(partial),
            null,
            new FragmentResponse.Statistics(1, 1, 1, 0, 0, null, Map.of()),
            null));
  }
}
