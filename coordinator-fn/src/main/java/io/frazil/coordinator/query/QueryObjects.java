package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.StoredRequest;
import io.frazil.session.QueryId;
import io.frazil.session.journal.StageObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// The objects of queries, by the queries' ids.
///
/// @param root the location under which `queries/<id>/` lies, ending with `/`
record QueryObjects(VersionedStore store, String root) {
  private static final byte[] CANCELLED =
      "{\"state\": \"cancelled\"}".getBytes(StandardCharsets.UTF_8);

  private static final int DELETES_AT_A_TIME = 64;

  /// How many owners of a query may have workers that still run: an owner that is lost is followed
  /// by another no sooner than its lease is over, and a worker runs for minutes.
  private static final int OWNERS_WITH_WORKERS = 16;

  /// A state and the version of it that was seen.
  record Seen(QueryState state, ObjectInfo object) {}

  String folder(String id) {
    return QueryId.folder(root, id);
  }

  String result(String id, int epoch) {
    return folder(id) + "result-" + epoch + ".arrow";
  }

  /// Who is there first has the query begun again.
  ///
  /// @param sinceMillis when it was left
  /// @param time which one since then
  String restart(String id, long sinceMillis, int time) {
    return "%srestarts/%d-%d".formatted(folder(id), sinceMillis, time);
  }

  /// Whether a query's objects are being removed: some are there, but not both of those that it
  /// begins with. Each object expires at its own age, and in no order, so what is left may be an
  /// answer, a plan, a part of one or a word to stop: no other query can begin beside them.
  boolean isExpiring(String id) {
    String request = requestLocation(id);
    boolean hasMore =
        store.list(folder(id), "", 2).stream().anyMatch(o -> !o.location().equals(request));
    // Both are older than all else, so they are seen now where they had not expired then.
    return hasMore && (request(id).isEmpty() || state(id).isEmpty());
  }

  /// @return whether this request is the one that is kept
  boolean create(String id, StoredRequest request) {
    return put(requestLocation(id), Json.encode(request));
  }

  Optional<StoredRequest> request(String id) {
    return read(requestLocation(id)).map(seen -> decode(seen, StoredRequest.class));
  }

  /// @return whether this state is the one that is kept
  boolean create(String id, QueryState state) {
    return put(stateLocation(id), Json.encode(state));
  }

  Optional<Seen> state(String id) {
    return read(stateLocation(id))
        .map(seen -> new Seen(decode(seen, QueryState.class), seen.object()));
  }

  /// @return what is there now, or empty where it is not what was seen any more
  Optional<Seen> replace(Seen seen, QueryState next) {
    return store.replace(seen.object(), Json.encode(next)).map(object -> new Seen(next, object));
  }

  /// @return whether this response is the one that is kept
  boolean create(String id, QueryResponse response) {
    return put(folder(id) + "response.json", Json.encode(response));
  }

  Optional<QueryResponse> response(String id) {
    return read(folder(id) + "response.json").map(seen -> decode(seen, QueryResponse.class));
  }

  /// The response of a query that ended so. One that a late coordinator wrote after the query had
  /// ended otherwise is nobody's.
  Optional<QueryResponse> response(String id, Phase end) {
    return response(id).filter(response -> (response.error() == null) == (end == Phase.DONE));
  }

  /// Where whoever asked for the query cancels it.
  String control(String id) {
    return QueryId.control(folder(id));
  }

  /// Cancels the query for whoever asked, for good: its owner and the next ones look here.
  void cancel(String id) {
    // One that is there already says the same.
    boolean _ = put(control(id), CANCELLED);
  }

  /// Tells the workers to stop that the latest owners called. Those of owners before are over.
  ///
  /// @param epoch the latest; 0 for no owner at all
  void stopWorkers(String id, int epoch) {
    for (int owner = epoch; owner > Math.max(0, epoch - OWNERS_WITH_WORKERS); owner--) {
      boolean _ = put(QueryId.control(folder(id), owner), CANCELLED);
    }
  }

  /// What a task left that failed for good, and that no other attempt got done.
  Optional<ErrorMessage> failure(String id) {
    Set<String> all =
        store.list(StageObjects.all(folder(id))).stream()
            .map(ObjectInfo::location)
            .collect(Collectors.toCollection(TreeSet::new));
    return all.stream()
        .filter(location -> location.endsWith(StageObjects.FAILURE))
        .filter(location ->
            !all.contains(location.substring(0, location.lastIndexOf(StageObjects.FAILURE))))
        .findFirst()
        .flatMap(this::read)
        .map(seen -> decode(seen, FragmentResponse.class).error());
  }

  /// Whether whoever asked has cancelled the query.
  boolean isCancelled(String id) {
    try {
      ObjectInfo _ = store.head(control(id));
      return true;
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.FILE_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /// Removes what workers wrote for each other, of a query that is over.
  ///
  /// @throws FrazilException where some of it stays
  void removeStages(String id) {
    remove(store.list(StageObjects.all(folder(id))).stream().map(ObjectInfo::location).toList());
  }

  /// Removes what the objects under a location name, each one.
  ///
  /// @throws FrazilException where some of it stays
  void removeNamed(String names) {
    remove(
        store.list(names).stream()
            .map(name -> new String(bytes(name.location()), StandardCharsets.UTF_8))
            .toList());
  }

  private void remove(List<String> locations) {
    var turns = new Semaphore(DELETES_AT_A_TIME);
    var failures = new ConcurrentLinkedQueue<FrazilException>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String location : locations) {
        turns.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            store.delete(location);
          } catch (FrazilException e) {
            failures.add(e);
          } finally {
            turns.release();
          }
        });
      }
    }
    FrazilException first = failures.poll();
    if (first != null) {
      throw first;
    }
  }

  boolean put(String location, byte[] content) {
    try (ObjectWriter writer = store.create(location)) {
      writer.write(content, 0, content.length);
      return writer.commit();
    }
  }

  /// @return nothing where it is not there
  byte[] bytes(String location) {
    return read(location).map(Content::bytes).orElse(new byte[0]);
  }

  private String requestLocation(String id) {
    return folder(id) + "request.json";
  }

  private String stateLocation(String id) {
    return folder(id) + "state.json";
  }

  private record Content(ObjectInfo object, byte[] bytes) {}

  private Optional<Content> read(String location) {
    try (ObjectReader reader = store.open(location)) {
      ObjectInfo info = reader.info();
      if (info.size() > Json.MAX_BYTES) {
        throw new FrazilException(ErrorCode.FILE_CORRUPT, "'%s' is too large".formatted(location));
      }
      var bytes = new byte[(int) info.size()];
      reader.read(0, bytes, 0, bytes.length);
      return Optional.of(new Content(info, bytes));
    } catch (FrazilException e) {
      return switch (e.code()) {
        case FILE_NOT_FOUND -> Optional.empty();
        // Somebody else was quicker with the next version.
        case FILE_CHANGED -> read(location);
        default -> throw e;
      };
    }
  }

  private static <T> T decode(Content content, Class<T> type) {
    try {
      return Json.decode(content.bytes(), type);
    } catch (MessageException e) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT,
          "'%s': %s".formatted(content.object().location(), e.getMessage()),
          e);
    }
  }
}
