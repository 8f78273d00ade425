package io.frazil.session.journal;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialReader;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// What earlier processes left of a query's stages, as it was found at one time. What cannot be
/// read counts as not there: its stage or task runs again.
final class StageClosings {
  private static final int READS_AT_A_TIME = 64;

  private final StageObjects objects;
  private final Map<Integer, List<FragmentResponse>> closed;
  private final NavigableSet<String> locations;

  private StageClosings(
      StageObjects objects,
      Map<Integer, List<FragmentResponse>> closed,
      NavigableSet<String> locations) {
    this.objects = objects;
    this.closed = closed;
    this.locations = locations;
  }

  /// Of a query that begins.
  static StageClosings none(StageObjects objects) {
    return new StageClosings(objects, Map.of(), new TreeSet<>());
  }

  static StageClosings read(StageObjects objects, StagePlan plan) {
    var locations = new TreeSet<String>();
    for (ObjectInfo object : objects.store().list(objects.folder())) {
      locations.add(object.location());
    }
    List<Integer> numbers =
        plan.stages().stream()
            .map(Stage::number)
            .filter(number -> locations.contains(objects.closing(number)))
            .toList();
    var closed = new TreeMap<Integer, List<FragmentResponse>>();
    readAll(numbers, number -> readable(() -> closing(objects, number))).forEach(closed::put);
    return new StageClosings(objects, closed, locations);
  }

  /// @return whether it is this one that counts from now on
  static boolean create(StageObjects objects, int stage, List<FragmentResponse> winners) {
    return LineFile.create(
        objects.store(),
        objects.closing(stage),
        winners.stream()
            .map(winner -> new String(Json.encode(winner), StandardCharsets.UTF_8))
            .iterator());
  }

  Optional<List<FragmentResponse>> closed(int stage) {
    return Optional.ofNullable(closed.get(stage));
  }

  /// A task that told how it ended, or else the partial that it wrote, which tells less.
  Map<Integer, FragmentResponse> left(int stage) {
    return readAll(
        tasks(stage, "(\\.arrow|\\.json)"),
        task ->
            found(objects.report(stage, task))
                .flatMap(location -> readable(() -> report(objects.store(), location)))
                .or(() ->
                    found(objects.partial(stage, task))
                        .flatMap(location -> readable(() -> partial(stage, task, location)))));
  }

  /// Of those that came to no end and told so.
  List<FragmentResponse> stopped(int stage) {
    return responses(
        failures(stage).stream().filter(task -> !isReported(stage, task)).toList(),
        task -> objects.failure(stage, task));
  }

  /// What attempts left besides reports, by task.
  Map<Integer, TaskAttempts> attempts(int stage) {
    String folder = objects.tasks(stage);
    Map<Integer, List<AttemptObject>> named = new TreeMap<>();
    for (String location : locations.subSet(folder, folder + Character.MAX_VALUE)) {
      AttemptObject.of(location.substring(folder.length()))
          .ifPresent(attempt ->
              named.computeIfAbsent(attempt.task(), _ -> new ArrayList<>()).add(attempt));
    }
    // What none could have cured, but for one that did.
    for (int task : failures(stage)) {
      if (isReported(stage, task)) {
        named
            .computeIfAbsent(task, _ -> new ArrayList<>())
            .add(
                AttemptObject.failed(
                    task, objects.failure(stage, task).substring(folder.length())));
      }
    }
    var attempts = new TreeMap<Integer, TaskAttempts>();
    for (int task : tasks(stage, "\\.json")) {
      attempts.put(task, new TaskAttempts(0, 0, List.of(), true));
    }
    named.forEach((task, all) -> attempts.put(task, attempts(stage, task, all)));
    return attempts;
  }

  private TaskAttempts attempts(int stage, int task, List<AttemptObject> named) {
    List<AttemptObject> failed =
        named.stream()
            .filter(attempt -> attempt.kind() == AttemptObject.Kind.FAILED)
            .sorted(
                Comparator.comparingInt(AttemptObject::list)
                    .thenComparingInt(AttemptObject::number))
            .toList();
    return new TaskAttempts(
        (int) named.stream().filter(attempt -> attempt.kind() == AttemptObject.Kind.BEGUN).count(),
        (int)
            named.stream()
                .filter(attempt -> attempt.kind() == AttemptObject.Kind.BEGUN_LARGE)
                .count(),
        responses(failed, attempt -> objects.tasks(stage) + attempt.name()),
        isReported(stage, task));
  }

  private Set<Integer> failures(int stage) {
    return tasks(stage, "\\.json\\.failure");
  }

  private boolean isReported(int stage, int task) {
    return locations.contains(objects.report(stage, task));
  }

  /// What can be read of responses, in the order of what they belong to.
  private <T> List<FragmentResponse> responses(List<T> all, Function<T, String> location) {
    List<Integer> numbers = IntStream.range(0, all.size()).boxed().toList();
    return List.copyOf(
        readAll(
                numbers,
                number ->
                    readable(() -> decode(read(objects.store(), location.apply(all.get(number))))))
            .values());
  }

  /// The numbers of the tasks that left something.
  ///
  /// @param ending what its name has behind the number, as a pattern
  private Set<Integer> tasks(int stage, String ending) {
    String folder = objects.tasks(stage);
    var tasks = new TreeSet<Integer>();
    for (String location : locations.subSet(folder, folder + Character.MAX_VALUE)) {
      String name = location.substring(folder.length());
      if (name.matches("[0-9]{1,9}" + ending)) {
        tasks.add(Integer.valueOf(name.substring(0, name.indexOf('.'))));
      }
    }
    return tasks;
  }

  private Optional<String> found(String location) {
    return Optional.of(location).filter(locations::contains);
  }

  private static List<FragmentResponse> closing(StageObjects objects, int stage) {
    var winners = new ArrayList<FragmentResponse>();
    LineFile.read(
        objects.store(),
        objects.closing(stage),
        line -> winners.add(counting(decode(line.getBytes(StandardCharsets.UTF_8)))));
    return winners;
  }

  private static FragmentResponse report(ObjectStore store, String location) {
    return counting(decode(read(store, location)));
  }

  private static byte[] read(ObjectStore store, String location) {
    try (ObjectReader reader = store.open(location)) {
      if (reader.info().size() > Json.MAX_BYTES) {
        throw new FrazilException(ErrorCode.FILE_CORRUPT, "'" + location + "' is too large");
      }
      var bytes = new byte[(int) reader.info().size()];
      reader.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  private FragmentResponse partial(int stage, int task, String location) {
    PartialManifest manifest = PartialReader.readManifest(objects.store(), location);
    return new FragmentResponse(
        "",
        stage,
        task,
        1,
        PlanJson.embed(manifest),
        null,
        new FragmentResponse.Statistics(0, 0, 0, 0, 0, null, Map.of()),
        null);
  }

  private static FragmentResponse counting(FragmentResponse response) {
    if (response.partial() == null) {
      throw new FrazilException(ErrorCode.FILE_CORRUPT, "what counts has a partial");
    }
    return response;
  }

  private static FragmentResponse decode(byte[] bytes) {
    try {
      return Json.decode(bytes, FragmentResponse.class);
    } catch (MessageException e) {
      throw new FrazilException(ErrorCode.FILE_CORRUPT, String.valueOf(e.getMessage()), e);
    }
  }

  private static <T> Optional<T> readable(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (FrazilException e) {
      return switch (e.code()) {
        case FILE_NOT_FOUND, FILE_CORRUPT, FILE_CHANGED -> Optional.empty();
        default -> throw e;
      };
    }
  }

  /// Reads many small objects at a time.
  private static <T> Map<Integer, T> readAll(
      Iterable<Integer> numbers, Function<Integer, Optional<T>> read) {
    var turns = new Semaphore(READS_AT_A_TIME);
    var reading = new TreeMap<Integer, CompletableFuture<Optional<T>>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number : numbers) {
        turns.acquireUninterruptibly();
        reading.put(
            number,
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return read.apply(number);
                  } finally {
                    turns.release();
                  }
                },
                threads));
      }
    }
    var found = new TreeMap<Integer, T>();
    reading.forEach((number, done) -> join(done).ifPresent(value -> found.put(number, value)));
    return found;
  }

  private static <T> T join(CompletableFuture<T> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof FrazilException known ? known : e;
    }
  }
}
