package io.frazil.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpentTest {
  private static final Spent.Attempts ATTEMPTS =
      new Spent.Attempts(
          3,
          Spent.Place.LARGE_WORKER,
          Spent.Outcome.RUNNING,
          Spent.Basis.ASSUMED,
          2,
          1_500,
          7,
          1,
          99);

  private static final Spent SPENT =
      new Spent(2, 3_000, 400, 100, 5, 6, 1, 4, 9, List.of(ATTEMPTS));

  @Test
  void aStateHasItAndComesBackTheSame() {
    QueryState state = QueryState.accepted(1, Spent.NOTHING).takenBy("a", 2, 3, SPENT);
    QueryState read = Json.decode(Json.encode(state), QueryState.class);
    assertThat(read).isEqualTo(state);
    assertThat(read.soFar()).isEqualTo(SPENT);
  }

  @Test
  void aStateWithoutItHasNothingSpent() {
    QueryState state =
        Json.decode(
            "{\"phase\": \"accepted\", \"epoch\": 0, \"leaseMillis\": 0, \"submittedMillis\": 1}"
                .getBytes(StandardCharsets.UTF_8),
            QueryState.class);
    assertThat(state.soFar()).isEqualTo(Spent.NOTHING);
  }

  @Test
  void anOwnerThatWasLostIsTakenToHaveWorkedOnUntilItWouldHaveSaidSo() {
    Spent next = SPENT.takenOn(70);
    assertThat(next.coordinators()).isEqualTo(3);
    assertThat(next.assumedMegabyteMillis()).isEqualTo(400 + 100);
    assertThat(next.unsaidMegabyteMillis()).isEqualTo(70);
    assertThat(SPENT.left().takenOn(70).assumedMegabyteMillis()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "9223372036854775808", "1.5", "\"1\"", "null"})
  void amountsThatAreNoneAreRefused(String amount) {
    byte[] bad = withPuts(amount);
    assertThatThrownBy(() -> Json.decode(bad, Spent.class)).isInstanceOf(MessageException.class);
  }

  @Test
  void whatIsBeyondAllBoundsNeverOverflows() {
    Spent much = Json.decode(withPuts("9223372036854775807"), Spent.class);
    assertThat(much.puts()).isEqualTo(Spent.AMOUNT_MAX);
    assertThat(much.worked(Long.MAX_VALUE).worked(1).megabyteMillis()).isEqualTo(Spent.AMOUNT_MAX);
    assertThat(Math.multiplyExact(Spent.AMOUNT_MAX, 4_000L)).isPositive();
  }

  private static byte[] withPuts(String amount) {
    String json = new String(Json.encode(Spent.NOTHING), StandardCharsets.UTF_8);
    return json.replace("\"puts\":0", "\"puts\":" + amount).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void moreAttemptsThanAnyPlanHasAreRefused() {
    String json = new String(Json.encode(SPENT), StandardCharsets.UTF_8);
    String one = json.substring(json.indexOf('[') + 1, json.indexOf(']'));
    byte[] many =
        json.replace(one, String.join(",", Collections.nCopies(4_001, one)))
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Json.decode(many, Spent.class))
        .isInstanceOf(MessageException.class)
        .hasMessageEndingWith("attempts must be at most 4000");
  }
}
