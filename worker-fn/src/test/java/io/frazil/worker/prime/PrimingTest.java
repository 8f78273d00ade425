package io.frazil.worker.prime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.prime.Rounds;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrimingTest {
  /// Each file comes once, and each length of days a few times.
  private static final int ROUNDS = 12;

  /// Of a round, and one for each beginning.
  private static final int FRAGMENTS = 8 + 1;

  private final FunctionRegistry functions =
      BuiltInAggregates.register(BuiltInFunctions.registry());

  @Test
  void everyFragmentOfEveryRoundSucceedsAndGivesRows() {
    var answers = new ArrayList<FragmentResponse>();
    new Priming(
            functions,
            new LocalObjectStore(),
            (store, results) -> {
              var worker =
                  new WorkerHandler(
                      FragmentRunner.ofFunction(store, functions, Optional.of(results)));
              return request -> {
                byte[] answer = worker.handle(request);
                answers.add(Json.decode(answer, FragmentResponse.class));
                return answer;
              };
            })
        .run(Rounds.of(ROUNDS));
    assertThat(answers).as("and all after a collection again").hasSize(2 * ROUNDS * FRAGMENTS);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.error()).isNull());
    var rows = new TreeMap<Integer, Long>();
    for (FragmentResponse answer : answers) {
      var nodes = Objects.requireNonNull(answer.statistics()).nodes().entrySet();
      for (var node : nodes) {
        rows.merge(node.getKey(), node.getValue().getOrDefault("OUTPUT_ROWS", 0L), Long::sum);
      }
    }
    assertThat(rows.values()).as("of each node, in some round").allMatch(r -> r > 0);
  }

  @Test
  void noFragmentNamesAnythingButPrimingsOwnBucket() {
    var seen = new ArrayList<String>();
    new Priming(
            functions,
            new LocalObjectStore(),
            (store, results) -> {
              var worker =
                  new WorkerHandler(
                      FragmentRunner.ofFunction(store, functions, Optional.of(results)));
              return request -> {
                FragmentRequest asked = Json.decode(request, FragmentRequest.class);
                seen.add(String.valueOf(asked.fragment()));
                return worker.handle(request);
              };
            })
        .run(Rounds.of(1));
    Set<String> buckets =
        seen.stream()
            .flatMap(fragment -> List.of(fragment.split("s3://", -1)).stream().skip(1))
            .map(rest -> rest.substring(0, rest.indexOf('/')))
            .collect(Collectors.toSet());
    assertThat(buckets).containsExactly("priming");
  }

  @Test
  void aFailingFragmentEndsPriming() {
    Priming priming =
        new Priming(
            functions,
            new LocalObjectStore(),
            (_, _) ->
                _ -> {
                  throw new IllegalStateException("broken");
                });
    assertThatThrownBy(() -> priming.run(Rounds.of(1))).hasMessage("broken");
  }
}
