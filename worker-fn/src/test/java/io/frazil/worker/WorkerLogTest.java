package io.frazil.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.Json;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StoredTask;
import io.frazil.events.log.FunctionLog;
import io.frazil.events.log.QueryLog;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLogTest {
  private static final String SECRET = "no-eyes-but-yours";

  private static final Pattern COUNTED = Pattern.compile("\"Timestamp\":(\\d+)");

  private final List<String> lines = new ArrayList<>();
  private final QueryLog log =
      new QueryLog(FunctionLog.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", "worker"), lines::add));

  @Test
  void anAttemptThatFailsByOurFaultSaysWhereAndNoValue() {
    var store =
        (ObjectStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, _) -> {
                  if (method.getName().equals("counting")) {
                    return proxy;
                  }
                  throw new IllegalStateException("of " + SECRET);
                });
    var runner =
        new FragmentRunner(
            store, BuiltInFunctions.registry(), new MemoryPool(1 << 20), Duration.ofSeconds(1));
    byte[] _ =
        new WorkerHandler(runner, log)
            .handle(Json.encode(new FragmentRequest("q1", 2, 3, 4, null, "s3://bucket/f")));
    assertThat(lines).hasSize(2).noneMatch(line -> line.contains(SECRET));
    assertThat(lines.getFirst())
        .contains(
            "\"level\":\"ERROR\",\"message\":\"Internal error\","
                + "\"query\":\"q1\",\"stage\":2,\"task\":3,\"attempt\":4,\"trace\":[",
            "\"caused by java.lang.IllegalStateException\"",
            "at io.frazil.worker.FragmentRunner.fragment(FragmentRunner.java:");
    assertThat(lines.getLast()).contains("\"message\":\"Attempt failed\"");
  }

  /// Or a user's error, and who cancels a query, would raise an alarm of lost workers.
  @Test
  void anInvocationThatFailsToTellATasksEndIsCounted(@TempDir Path folder) throws IOException {
    Path control = Files.createFile(folder.resolve("control"));
    var task = task(control.toString());
    var runner =
        new FragmentRunner(
            new LocalObjectStore(),
            BuiltInFunctions.registry(),
            new MemoryPool(1 << 20),
            Duration.ofSeconds(1));
    var worker = new WorkerHandler(runner, log);
    byte[] message = Json.encode(new RunStoredTask(task, 1));
    assertThatThrownBy(() -> worker.handle(message)).isInstanceOf(CancelledFailure.class);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .contains("\"query\":\"q1\"", "\"error\":\"CancelledFailure\"", "\"ErrorsTold\":1");
  }

  /// Lambda counts the error itself when the invocation began, and alarms take one from the other.
  @Test
  void suchAnInvocationIsCountedWhenItBegan() {
    var looked = new AtomicLong();
    var runner =
        new FragmentRunner(
            store(() -> looked.set(laterMillis())),
            BuiltInFunctions.registry(),
            new MemoryPool(1 << 20),
            Duration.ofSeconds(1));
    var worker = new WorkerHandler(runner, log);
    var task = task("control");
    byte[] message = Json.encode(new RunStoredTask(task, 1));
    assertThatThrownBy(() -> worker.handle(message)).isInstanceOf(TransientFailure.class);
    assertThat(lines).hasSize(1);
    Matcher counted = COUNTED.matcher(lines.getFirst());
    assertThat(counted.find()).isTrue();
    assertThat(Long.parseLong(counted.group(1))).isLessThan(looked.get());
  }

  private static StoredTask task(String control) {
    return new StoredTask(
        "q1", 0, 0, "fragments", 0, 1, control, "report", "attempts.", StoredTask.Retry.AT_ONCE);
  }

  /// A store that cannot be had, which is found out late.
  private static ObjectStore store(Runnable onUse) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            WorkerLogTest.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, _) -> {
              if (method.getName().equals("counting")) {
                return proxy;
              }
              onUse.run();
              throw new FrazilException(ErrorCode.STORE_UNAVAILABLE, "not now");
            });
  }

  /// The time once the clock has gone on.
  private static long laterMillis() {
    long began = System.currentTimeMillis();
    long now = began;
    while (now <= began) {
      Thread.onSpinWait();
      now = System.currentTimeMillis();
    }
    return now;
  }
}
