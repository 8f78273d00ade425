package io.frazil.worker.prime;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.prime.Rounds;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackCredentials;
import io.frazil.s3.loopback.LoopbackS3;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// Primes a worker before its snapshot, and connects it after. It fails nothing: where it can't do
/// its work, the log says so and the worker starts the slower.
public final class Priming implements Resource {
  /// Lambda's own context of resources would let them go.
  private static final Set<Priming> HELD = ConcurrentHashMap.newKeySet();

  /// So many workers begin anew, until C1 has compiled what is done once in a worker's life: it
  /// looks at what was called two hundred times.
  private static final int BEGINNINGS = 250;

  private final FunctionRegistry functions;
  private final ObjectStore store;
  private final Workers workers;

  /// So many rounds come after the collection: each file is read in some.
  private static final int COLLECTED = 20;

  private static final Map<String, String> CONNECTED =
      Map.of(Connections.VARIABLE, PrimingTable.ARN);

  /// Makes workers.
  public interface Workers {
    /// From an encoded request to its encoded response.
    ///
    /// @param results where the objects of queries lie
    UnaryOperator<byte[]> on(ObjectStore store, String results);
  }

  Priming(FunctionRegistry functions, ObjectStore store, Workers workers) {
    this.functions = functions;
    this.store = store;
    this.workers = workers;
  }

  /// Has Lambda call it before the snapshot, if there is to be one.
  ///
  /// @param functions what fragments are planned with
  /// @param store the function's own, which is touched after the snapshot only
  public static void register(FunctionRegistry functions, ObjectStore store, Workers workers) {
    if (!Rounds.areWanted(System.getenv())) {
      return;
    }
    var priming = new Priming(functions, store, workers);
    HELD.add(priming);
    Core.getGlobalContext().register(priming);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    Rounds.logged("worker", System.getenv(), LambdaRuntime.getLogger()::log, this::run);
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing of the function's own was made before the snapshot: this makes its store.
    Connections.open(store, System.getenv());
  }

  void run(Rounds rounds) {
    try (LoopbackS3 s3 = LoopbackS3.startSecure();
        var credentials = LoopbackCredentials.start()) {
      s3.showToStrangers();
      var table = PrimingTable.write(store(s3, credentials));
      Rounds.Round beginning =
          number -> {
            var fragments = new PrimingFragments(functions, table, number);
            ObjectStore own = store(s3, credentials);
            Connections.open(own, CONNECTED);
            FragmentResponse _ = answer(worker(own), fragments.sum());
            s3.removeAll(fragments.folder());
          };
      UnaryOperator<byte[]> worker = worker(store(s3, credentials));
      Rounds.Round round =
          number -> {
            var fragments = new PrimingFragments(functions, table, number);
            FragmentResponse joined = answer(worker, fragments.join());
            fragments.all(joined).forEach(request -> answer(worker, request));
            s3.removeAll(fragments.folder());
          };
      rounds.first(BEGINNINGS, beginning);
      rounds.run(round);
      rounds.afterCollecting(
          COLLECTED,
          number -> {
            round.run(number);
            beginning.run(number);
          });
    }
  }

  private UnaryOperator<byte[]> worker(ObjectStore on) {
    return workers.on(on, PrimingTable.BUCKET);
  }

  /// Made as the function's own is, so that the same code is compiled.
  private static ObjectStore store(LoopbackS3 s3, LoopbackCredentials credentials) {
    return S3ObjectStore.alone(() -> s3.settings(credentials.environment()));
  }

  private static FragmentResponse answer(UnaryOperator<byte[]> worker, FragmentRequest request) {
    byte[] answer = worker.apply(Json.encode(request));
    FragmentResponse response = Json.decode(answer, FragmentResponse.class);
    if (response.error() != null) {
      throw new IllegalStateException("a fragment failed: " + response.error());
    }
    return response;
  }
}
