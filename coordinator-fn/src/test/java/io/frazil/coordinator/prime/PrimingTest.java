package io.frazil.coordinator.prime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.engine.prime.Rounds;
import io.frazil.events.Json;
import io.frazil.events.QueryResponse;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimingTest {
  private static final String REGION = "aws.region";

  /// Which Lambda always names.
  @BeforeAll
  static void nameARegion() {
    System.setProperty(REGION, "us-east-1");
  }

  @AfterAll
  static void forgetIt() {
    System.clearProperty(REGION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "glue", "rest", "s3tables"})
  void everyStatementSucceedsAndEveryQueryGivesRows(String catalog) {
    int tables = Scripts.statements("tables.sql").size();
    int queries = Scripts.statements("queries.sql").size();
    var answers = new ArrayList<QueryResponse>();
    Priming.ofCoordinator(
            runner -> {
              var coordinator = new CoordinatorHandler(runner);
              return request -> {
                byte[] answer = coordinator.handle(request);
                answers.add(Json.decode(answer, QueryResponse.class));
                return answer;
              };
            })
        .run(Rounds.of(queries), Map.of("FRAZIL_CATALOG", catalog));
    assertThat(answers)
        .as("those of beginnings too, and all after a collection again")
        .hasSize(tables + 4 * queries);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.error()).isNull());
    assertThat(answers.subList(tables, answers.size()))
        .allSatisfy(answer -> assertThat(answer.rows()).isNotEmpty());
  }

  /// Whatever is not answered by 200 fails it.
  @ParameterizedTest
  @ValueSource(strings = {"local", "glue"})
  void everyVisitToTheHttpDoorSucceeds(String catalog) {
    Rounds rounds = Rounds.of(Scripts.statements("queries.sql").size());
    assertThatCode(() -> Priming.ofHttp().run(rounds, Map.of("FRAZIL_CATALOG", catalog)))
        .doesNotThrowAnyException();
  }
}
