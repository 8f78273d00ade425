package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Split;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Spending;
import io.frazil.session.journal.PlanFile;
import io.frazil.session.journal.StageJournal;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.journal.StoredJournal;
import io.frazil.session.statistics.StageTally;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is to run of a query that a coordinator left in mid-stage.
class StageStepsTest {
  @TempDir private Path folder;

  private final LocalObjectStore store = new LocalObjectStore();

  @Test
  void thePartsOfADividedTaskRunInItsPlace() {
    assertThat(tasks()).containsExactly("0: 0 2", "1: 1 3");
    write(0, Halves.DIVIDED);
    assertThat(tasks()).containsExactly("1: 1 3", "2: 0", "3: 2");
    write(1, "1");
    write(3, "2");
    assertThat(tasks()).containsExactly("2: 0");
    write(2, "1");
    assertThat(tasks()).isEmpty();
    assertThat(StoredJournal.resume(objects(), plan()).closed(0).orElseThrow())
        .extracting(winner -> winner.task())
        .containsExactly(0, 1, 2, 3);
  }

  /// What lies among others is a message too, which has to be small.
  @Test
  void aLargeFragmentLiesInAnObjectOfItsOwn() {
    String name = "f".repeat(1 << 20);
    StagePlan plan =
        TwoStages.plan(List.of(new Split.Parquet(name, 4, 1_000, 2_000, null, Map.of())), 1, 1);
    StageJournal journal = StoredJournal.resume(objects(), plan);
    StageEnvironment environment = environment(journal);
    FragmentRequest request =
        StageSteps.next(plan, TwoStages.tallies(plan, Spending.unlimited()), environment)
            .getFirst()
            .request()
            .get();
    journal.end();
    assertThat(request.fragment()).isNull();
    String location = Objects.requireNonNull(request.location());
    assertThat(location).isEqualTo(objects().folder() + "0/fragments/0-control-1.json");
    assertThat(Path.of(location)).content().contains(name);
  }

  @Test
  void aPlanThatCouldNotBeStoredIsStoredLater() {
    var troubles = new AtomicInteger(2);
    ObjectStore troubled = troubled(troubles);
    var objects = new StageObjects(troubled, folder + "/queries/q/", 1);
    var journal = StoredJournal.begin(objects, plan(), "functions", Duration.ofDays(1));
    journal.close(0, List.of());
    for (int trouble = 0; trouble < 2; trouble++) {
      assertThat(journal.handOver()).isFalse();
      assertThat(journal.isKept()).as("it may be, later").isTrue();
    }
    assertThat(journal.handOver()).isTrue();
    journal.end();
    assertThat(PlanFile.read(objects(), "functions")).isPresent();
    assertThat(StoredJournal.resume(objects(), plan()).closed(0)).contains(List.of());
  }

  /// A store that cannot be had for so many requests to write.
  private ObjectStore troubled(AtomicInteger troubles) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("create") && troubles.getAndDecrement() > 0) {
                throw new FrazilException(ErrorCode.STORE_UNAVAILABLE, "not now");
              }
              return method.invoke(store, arguments);
            });
  }

  /// The tasks that are to run, and the files of each.
  private List<String> tasks() {
    List<StageTally> tallies = TwoStages.tallies(plan(), Spending.unlimited());
    StageJournal journal = StoredJournal.resume(objects(), plan());
    List<String> tasks =
        StageSteps.next(plan(), tallies, environment(journal)).stream()
            .map(task -> task.task() + ": " + files(task))
            .toList();
    journal.end();
    return tasks;
  }

  private static String files(StageSteps.Task task) {
    String json = Objects.requireNonNull(task.request().get().fragment()).json();
    String functions = BuildId.fingerprint(BuiltInFunctions.registry());
    return String.join(
        " ",
        FragmentJson.read(json, functions).splits().get(1).stream()
            .map(split -> ((Split.Parquet) split).location())
            .toList());
  }

  private void write(int task, String attempt) {
    try (var partial =
        new PartialWriter(
            store,
            objects().partial(0, task),
            attempt,
            JoinPlans.SCHEMA,
            4,
            Compression.NONE,
            new MemoryPool(1 << 20))) {
      assertThat(partial.commit().attempt()).isEqualTo(attempt);
    }
  }

  private StageObjects objects() {
    return new StageObjects(store, folder + "/queries/q/", 1);
  }

  private static StagePlan plan() {
    List<Split> splits =
        IntStream.range(0, 4)
            .<Split>mapToObj(
                i -> new Split.Parquet(String.valueOf(i), 4, 1_000, 2_000, null, Map.of()))
            .toList();
    return TwoStages.plan(splits, 1, 1);
  }

  private StageEnvironment environment(StageJournal journal) {
    return TwoStages.environment(
        objects(), journal, _ -> new CompletableFuture<>(), 1, RetryPolicy.DEFAULT);
  }
}
