package io.frazil.coordinator.prime;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.engine.prime.Rounds;
import io.frazil.events.Json;
import io.frazil.events.QueryResponse;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PrimingTest {
  @Test
  void everyStatementSucceedsAndEveryQueryGivesRows() {
    int tables = Scripts.statements("tables.sql").size();
    int queries = Scripts.statements("queries.sql").size();
    var answers = new ArrayList<QueryResponse>();
    new Priming(
            runner -> {
              var coordinator = new CoordinatorHandler(runner);
              return request -> {
                byte[] answer = coordinator.handle(request);
                answers.add(Json.decode(answer, QueryResponse.class));
                return answer;
              };
            })
        .run(Rounds.of(queries));
    assertThat(answers).as("those of beginnings too").hasSize(tables + 2 * queries);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.error()).isNull());
    assertThat(answers.subList(tables, answers.size()))
        .allSatisfy(answer -> assertThat(answer.rows()).isNotEmpty());
  }
}
