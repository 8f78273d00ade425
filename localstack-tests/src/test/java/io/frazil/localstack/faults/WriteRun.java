package io.frazil.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.events.QueryRequest;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.faults.WriteScenario.Trouble;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.whole.Whole;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// One statement that writes and what happens to it: its rows are all there once or not at all, and
/// what it wrote for nothing is removed.
final class WriteRun {
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(30);

  private final Whole whole;
  private final WriteScenario scenario;
  private final String table = "written_" + UUID.randomUUID().toString().replace("-", "");
  private final String token = UUID.randomUUID().toString();
  private final AtomicInteger happened = new AtomicInteger();

  WriteRun(Whole whole, WriteScenario scenario) {
    this.whole = whole;
    this.scenario = scenario;
  }

  void check() {
    whole.lake().execute("CREATE TABLE %s AS SELECT 0 AS k".formatted(table));
    long all = count("orders");
    List<String> before = objects();
    Outcome outcome;
    whole.view().faults(this::fault);
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
    switch (outcome) {
      case Outcome.Answered _ -> {
        // It may be over before the word to stop comes.
        assertThat(scenario.trouble()).as("it was answered").isNotEqualTo(Trouble.KILLED);
        assertThat(count(table)).isEqualTo(1 + all);
      }
      case Outcome.Failed failed -> checkFailed(failed, before, 1 + all);
      case Outcome.TooMany _ -> throw new AssertionError("it was refused");
    }
  }

  private void checkFailed(Outcome.Failed failed, List<String> before, long committed) {
    ErrorCode code = ErrorCode.valueOf(failed.error().code());
    switch (scenario.trouble()) {
      case BUSY, RESET, LOST_REPLY -> throw new AssertionError("it failed: " + failed);
      case CANCELLED -> {
        assertThat(code).isEqualTo(ErrorCode.CANCELLED);
        assertThat(count(table)).isEqualTo(1);
        assertThat(objects()).as("objects of the table").isEqualTo(before);
      }
      case KILLED -> {
        assertThat(code).isEqualTo(ErrorCode.ATTEMPT_LOST);
        assertThat(failed.error().message()).contains("look whether it took effect");
        checkLost(before, committed);
      }
    }
  }

  /// What only a coordinator can know that is no more: what it wrote last, to tell which files
  /// there are, and whether its commit was heard.
  private void checkLost(List<String> before, long committed) {
    switch (scenario.step()) {
      case DATA, METADATA -> {
        assertThat(count(table)).isEqualTo(1);
        assertThat(data(objects())).as("data files of the table").isEqualTo(data(before));
        assertThat(objects().size() - before.size()).as("files of metadata").isBetween(0, 3);
      }
      case COMMIT -> {
        assertThat(count(table)).isIn(1L, committed);
        assertThat(data(objects())).as("files that may be the table's").hasSize(2);
      }
    }
  }

  private static List<String> data(List<String> objects) {
    return objects.stream().filter(name -> name.contains("/data/")).toList();
  }

  private long count(String of) {
    return (Long) whole.lake().execute("SELECT count(*) FROM " + of).getFirst();
  }

  private List<String> objects() {
    return whole.lake().objects().stream().filter(name -> name.contains(table)).toList();
  }

  private Fault fault(Call call) {
    if (!isNow(call) || !happened.compareAndSet(0, 1)) {
      return Fault.NONE;
    }
    return switch (scenario.trouble()) {
      case BUSY -> Fault.BUSY;
      case RESET -> Fault.RESET;
      case LOST_REPLY -> Fault.LOST_REPLY;
      case CANCELLED -> {
        whole.direct().cancel(token);
        yield Fault.NONE;
      }
      case KILLED -> {
        whole.environments().kill(call.function(), call.environment());
        whole.queries().endLease(whole.direct().query(token));
        yield Fault.RESET;
      }
    };
  }

  private boolean isNow(Call call) {
    if (!call.isBy(whole.deployed().coordinator())) {
      return false;
    }
    return switch (scenario.step()) {
      case DATA -> call.writes() && call.path().contains("/" + table + "/data/");
      case METADATA -> call.writes() && call.path().contains("/" + table + "/metadata/");
      case COMMIT -> call.operation().endsWith(".UpdateTable") && call.content().contains(table);
    };
  }
}
