package io.frazil.worker;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.store.StoreRequests;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StoredTask;
import io.frazil.events.log.QueryLog;
import java.time.Duration;

/// Runs tasks that lie in the store and leaves there how they ended: for a caller who hears nothing
/// of a response.
///
/// The first report of a task is the one that counts. A failure that no other attempt can cure is
/// left beside it, for whoever wants to know why the query failed; of any other failure lies there
/// what the attempt took, for whoever pays. What a worker had no room or time for, the large one
/// may cure.
///
/// Where the next step decides whether a task is tried again, one attempt of a list begins. Those
/// that come after it do nothing, as if the task were done: the step does not find it. Which is the
/// first cannot be seen by its number, as the state machine counts those too that Lambda had no
/// room for.
final class StoredTaskRunner {
  private static final String FAILURE = ".failure";
  private static final byte[] NOTHING = {'{', '}'};

  private final FragmentRunner runner;
  private final QueryLog log;

  StoredTaskRunner(FragmentRunner runner, QueryLog log) {
    this.runner = runner;
    this.log = log;
  }

  /// @param left how long it may take
  /// @throws TaskException where the attempt failed
  void run(RunStoredTask message, Duration left) {
    check(message.stored());
    new Attempt(message).run(left);
  }

  private void check(StoredTask task) {
    try {
      runner.check(task.query(), task.fragments());
      runner.check(task.query(), task.control());
      runner.check(task.query(), task.report());
      runner.check(task.query(), task.attempts());
    } catch (FrazilException e) {
      throw failure(task, Messages.encode(e));
    }
  }

  private static boolean isCurable(TaskException failure, int attempt) {
    return failure instanceof TransientFailure
        || (failure instanceof ResourceFailure && !RunStoredTask.isOnLargeWorker(attempt));
  }

  private static FragmentRequest decode(byte[] bytes) {
    try {
      return Json.decode(bytes, FragmentRequest.class);
    } catch (MessageException e) {
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /// Lambda logs what is thrown, and a state machine keeps it in its history: so it says whose it
  /// is, and the text of what may quote a value of a row is not in it.
  private static TaskException failure(StoredTask task, ErrorMessage error) {
    String what = error.code() + ": " + name(task);
    String why = what + ": " + error.message();
    return switch (ErrorClass.valueOf(error.errorClass())) {
      case TRANSIENT -> new TransientFailure(why);
      case RESOURCE -> new ResourceFailure(why);
      case CANCELLED -> new CancelledFailure(why);
      case USER, DATA, INTERNAL -> new TaskFailure(what);
    };
  }

  private static String name(StoredTask task) {
    return "query %s, stage %d, task %d".formatted(task.query(), task.stage(), task.task());
  }

  /// One attempt, which counts what it asks of the store for the report that it leaves there.
  private final class Attempt {
    private final RunStoredTask message;
    private final StoredTask task;
    private final StoreRequests requests = new StoreRequests();
    private final ObjectStore store = runner.store().counting(requests);

    Attempt(RunStoredTask message) {
      this.message = message;
      this.task = message.stored();
    }

    void run(Duration left) {
      if (exists(task.control())) {
        throw failure(new FrazilException(ErrorCode.CANCELLED, "The query was cancelled"));
      }
      if (message.attempt() > 1 && exists(task.report())) {
        // An earlier attempt's answer was lost.
        return;
      }
      if (!mayBegin()) {
        return;
      }
      FragmentResponse response;
      try {
        FragmentRequest request = request();
        if (requests.gets() > 0) {
          // Requests are paid, and nothing else could tell of the report's own.
          requests.addPut();
        }
        response = runner.run(request, left, requests);
        log.ended(request, response);
        if (response.error() == null) {
          // Another attempt's says the same.
          boolean _ = put(task.report(), Json.encode(response));
          return;
        }
      } catch (FrazilException e) {
        throw failure(e);
      }
      throw reported(response, response.error());
    }

    private TaskException failure(FrazilException e) {
      return StoredTaskRunner.failure(task, Messages.encode(e));
    }

    private boolean mayBegin() {
      return switch (task.retry()) {
        case AT_ONCE -> true;
        case NEXT_STEP -> begins();
        case NEXT_STEP_LARGE -> {
          if (!RunStoredTask.isOnLargeWorker(message.attempt())) {
            throw new ResourceFailure(
                name(task) + ": An attempt before showed that it takes the large worker");
          }
          yield begins();
        }
      };
    }

    private boolean begins() {
      try {
        return put(task.begun(), NOTHING);
      } catch (FrazilException e) {
        throw failure(e);
      }
    }

    private boolean exists(String location) {
      try {
        store.head(location);
        return true;
      } catch (FrazilException e) {
        if (e.code() == ErrorCode.FILE_NOT_FOUND) {
          return false;
        }
        throw failure(e);
      }
    }

    private TaskException reported(FragmentResponse response, ErrorMessage error) {
      TaskException failure = StoredTaskRunner.failure(task, error);
      String location =
          isCurable(failure, message.attempt())
              ? task.failed(message.attempt())
              : task.report() + FAILURE;
      try {
        boolean _ = put(location, Json.encode(response));
      } catch (FrazilException e) {
        failure.addSuppressed(e);
      }
      return failure;
    }

    private FragmentRequest request() {
      var bytes = new byte[task.length()];
      try (ObjectReader reader = store.open(task.fragments())) {
        reader.read(task.offset(), bytes, 0, bytes.length);
      }
      FragmentRequest request = decode(bytes);
      if (!request.query().equals(task.query())
          || request.stage() != task.stage()
          || request.task() != task.task()) {
        throw new FrazilException(
            ErrorCode.INVALID_MESSAGE,
            "'%s' has another task at byte %d".formatted(task.fragments(), task.offset()));
      }
      return new FragmentRequest(
          request.query(),
          request.stage(),
          request.task(),
          message.attempt(),
          request.fragment(),
          request.location());
    }

    /// @return whether it is this one that is there now
    private boolean put(String location, byte[] bytes) {
      try (ObjectWriter writer = store.create(location)) {
        writer.write(bytes, 0, bytes.length);
        return writer.commit();
      }
    }
  }
}
