package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.Split;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.Spending;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.journal.NoJournal;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.journal.StagePlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A table of a hundred thousand files, over workers that answer at once.
@Timeout(300)
class ManySplitsTest {
  private static final int SPLITS = 100_000;
  private static final int WORKERS = 64;
  private static final Pattern FILE = Pattern.compile("file-(\\d{6})\\.parquet");

  @TempDir private Path folder;

  private final BitSet seen = new BitSet();
  private final AtomicInteger requests = new AtomicInteger();

  @Test
  void aTaskForEachIsDoneWithinTheBudget() {
    long large = 256L << 20;
    try (var query = start(plan(large), request -> answered(request, 4))) {
      assertThat(query.next()).isNull();
    }
    assertThat(requests.get()).isEqualTo(SPLITS);
    assertThat(seen.cardinality()).isEqualTo(SPLITS);
  }

  @Test
  void smallOnesAreToldInMessagesThatCanBeRead() {
    var fragments = Collections.synchronizedList(new ArrayList<Integer>());
    try (var query =
        start(
            plan(1),
            request -> {
              String json = stored(request);
              fragments.add(FragmentJson.read(json, functions()).splits().get(1).size());
              return answered(request, 4);
            })) {
      assertThat(query.next()).isNull();
    }
    assertThat(seen.cardinality()).isEqualTo(SPLITS);
    assertThat(fragments).hasSize(10).containsOnly(10_000);
  }

  @Test
  void fragmentsAreMadeWhenTheirTurnComes() throws Exception {
    var full = new CountDownLatch(2);
    var go = new CompletableFuture<Void>();
    Dispatcher slow =
        request -> {
          full.countDown();
          return go.thenCompose(_ -> answered(request, 4));
        };
    try (var query = start(plan(1), slow, 2)) {
      CompletableFuture<?> read =
          CompletableFuture.runAsync(() -> assertThat(query.next()).isNull());
      full.await();
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile)).hasSize(2);
      }
      go.complete(null);
      read.get();
    }
    assertThat(requests.get()).isEqualTo(10);
  }

  private static String functions() {
    return BuildId.fingerprint(BuiltInFunctions.registry());
  }

  private String stored(FragmentRequest request) {
    try {
      return request.location() == null
          ? Objects.requireNonNull(request.fragment()).json()
          : Files.readString(Path.of(request.location()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private CompletableFuture<FragmentResponse> answered(FragmentRequest request, int partitions) {
    requests.incrementAndGet();
    Matcher files = FILE.matcher(stored(request));
    synchronized (seen) {
      while (files.find()) {
        int file = Integer.parseInt(files.group(1));
        assertThat(seen.get(file)).isFalse();
        seen.set(file);
      }
    }
    var nothing = new PartialManifest.Range(8, 0, 0);
    var partial = new PartialManifest("p", "1", 8, Collections.nCopies(partitions, nothing));
    var counters = Map.of("OUTPUT_ROWS", 1_000L, "NANOS", 10_000_000L, "READ_BYTES", 1_000_000L);
    return CompletableFuture.completedFuture(
        new FragmentResponse(
            request.query(),
            request.stage(),
            request.task(),
            request.attempt(),
            PlanJson.embed(partial),
            null,
            new FragmentResponse.Statistics(
                1_000_000, 1_000_000, 1 << 20, 3, 1, 20L, Map.of(1, counters, 2, counters)),
            null));
  }

  private static StagePlan plan(long bytes) {
    List<Split> splits =
        IntStream.range(0, SPLITS)
            .<Split>mapToObj(i ->
                new Split.Parquet(
                    "s3://lake/warehouse/sales/data/day=2026-01-31/file-%06d.parquet".formatted(i),
                    4,
                    bytes,
                    bytes + 100_000,
                    "0123456789abcdef0123456789abcdef",
                    Map.of()))
            .toList();
    return TwoStages.plan(splits, WORKERS, StagePlan.TASK_BYTES_MIN);
  }

  private StagedExecution start(StagePlan plan, Dispatcher dispatcher) {
    return start(plan, dispatcher, WORKERS);
  }

  private StagedExecution start(StagePlan plan, Dispatcher dispatcher, int workers) {
    var spending = new Spending(Rates.DEFAULT, BigDecimal.valueOf(1_000_000), System.nanoTime());
    var objects = new StageObjects(new LocalObjectStore(), folder + "/queries/q/", 1);
    return new StagedExecution(
        plan,
        TwoStages.tallies(plan, spending),
        TwoStages.environment(
            objects, new NoJournal(objects), dispatcher, workers, RetryPolicy.REMOTE));
  }
}
