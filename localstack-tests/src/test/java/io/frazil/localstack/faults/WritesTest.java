package io.frazil.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.events.QueryRequest;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statements that write and to which something happens: their rows are all there once or not at
/// all, and what they wrote for nothing is removed by whoever lives to do so.
@OnLocalStack
@Timeout(120)
final class WritesTest {
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(30);

  private final Whole whole;
  private final String table = "written_" + UUID.randomUUID().toString().replace("-", "");
  private final String token = UUID.randomUUID().toString();
  private final AtomicInteger happened = new AtomicInteger();

  /// What the coordinator does when something happens to it.
  enum Step {
    DATA,
    METADATA,
    COMMIT
  }

  enum Trouble {
    BUSY,
    RESET,
    LOST_REPLY,
    CANCELLED,
    KILLED
  }

  WritesTest(Whole whole) {
    this.whole = whole;
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, DATA",
    "RESET, METADATA",
    "BUSY, COMMIT",
    "LOST_REPLY, DATA",
    "LOST_REPLY, METADATA",
    "LOST_REPLY, COMMIT",
    "CANCELLED, DATA",
    "KILLED, DATA",
    "KILLED, COMMIT"
  })
  void allRowsAreThereOnceOrNoneIs(Trouble trouble, Step step) {
    whole.lake().execute("CREATE TABLE %s AS SELECT 0 AS k".formatted(table));
    long all = count("orders");
    List<String> objects = objects();
    Outcome outcome;
    whole.view().faults(call -> fault(call, trouble, step));
    try {
      outcome =
          whole
              .direct()
              .run(
                  QueryRequest.of("INSERT INTO %s SELECT o_orderkey FROM orders".formatted(table))
                      .withToken(token));
    } finally {
      whole.view().faults(FaultProxy.Faults.NONE);
    }
    assertThat(Waiting.until(QUIET_LIMIT, () -> happened.get() > 0)).as("it happened").isTrue();
    assertThat(whole.isQuietWithin(QUIET_LIMIT)).as("all requests ended").isTrue();
    long there = count(table);
    switch (outcome) {
      case Outcome.Answered _ -> {
        // It may be over before the word comes.
        assertThat(trouble).as("it was answered").isNotEqualTo(Trouble.KILLED);
        assertThat(there).isEqualTo(1 + all);
      }
      case Outcome.Failed failed -> {
        ErrorCode code = ErrorCode.valueOf(failed.error().code());
        switch (trouble) {
          case BUSY, RESET, LOST_REPLY -> throw new AssertionError("it failed: " + failed);
          case CANCELLED -> {
            assertThat(code).isEqualTo(ErrorCode.CANCELLED);
            assertThat(there).isEqualTo(1);
            assertThat(objects()).as("objects of the table").isEqualTo(objects);
          }
          case KILLED -> {
            assertThat(code).isEqualTo(ErrorCode.ATTEMPT_LOST);
            assertThat(failed.error().message()).contains("look whether it took effect");
            assertThat(there).isIn(1L, 1 + all);
          }
        }
      }
      case Outcome.TooMany _ -> throw new AssertionError("it was refused");
    }
  }

  private long count(String of) {
    return (Long) whole.lake().execute("SELECT count(*) FROM " + of).getFirst();
  }

  private List<String> objects() {
    return whole.lake().objects().stream().filter(name -> name.contains(table)).toList();
  }

  private Fault fault(Call call, Trouble trouble, Step step) {
    if (!isNow(call, step) || !happened.compareAndSet(0, 1)) {
      return Fault.NONE;
    }
    return switch (trouble) {
      case BUSY -> Fault.BUSY;
      case RESET -> Fault.RESET;
      case LOST_REPLY -> Fault.LOST_REPLY;
      case CANCELLED -> {
        whole.direct().cancel(token);
        yield Fault.NONE;
      }
      case KILLED -> {
        whole.environments().kill(call.function(), call.environment());
        yield Fault.RESET;
      }
    };
  }

  private boolean isNow(Call call, Step step) {
    if (!call.isBy(whole.deployed().coordinator())) {
      return false;
    }
    return switch (step) {
      case DATA -> call.writes() && call.path().contains("/" + table + "/data/");
      case METADATA -> call.writes() && call.path().contains("/" + table + "/metadata/");
      case COMMIT -> call.operation().endsWith(".UpdateTable") && call.content().contains(table);
    };
  }
}
