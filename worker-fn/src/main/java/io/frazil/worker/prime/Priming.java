package io.frazil.worker.prime;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.prime.Rounds;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackS3;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// Primes a worker before its snapshot. It fails nothing: where it can't do its work, the log says
/// so and the worker starts the slower.
public final class Priming implements Resource {
  /// Lambda's own context of resources would let them go.
  private static final Set<Priming> HELD = ConcurrentHashMap.newKeySet();

  private final FunctionRegistry functions;
  private final Function<ObjectStore, UnaryOperator<byte[]>> workers;

  Priming(FunctionRegistry functions, Function<ObjectStore, UnaryOperator<byte[]>> workers) {
    this.functions = functions;
    this.workers = workers;
  }

  /// Has Lambda call it before the snapshot, if there is to be one.
  ///
  /// @param functions what fragments are planned with
  /// @param workers from a store to a worker on it: an encoded request to its encoded response
  public static void register(
      FunctionRegistry functions, Function<ObjectStore, UnaryOperator<byte[]>> workers) {
    var priming = new Priming(functions, workers);
    HELD.add(priming);
    Core.getGlobalContext().register(priming);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    Rounds.logged("worker", System.getenv(), LambdaRuntime.getLogger()::log, this::run);
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // Nothing of the function's own was made before the snapshot.
  }

  void run(Rounds rounds) {
    try (LoopbackS3 s3 = LoopbackS3.start()) {
      // Made as the function's own is, so that the same code is compiled.
      ObjectStore store = S3ObjectStore.besideLocal(s3.environment());
      var table = PrimingTable.write(store);
      UnaryOperator<byte[]> worker = workers.apply(store);
      rounds.run(round -> {
        var fragments = new PrimingFragments(functions, table, round);
        FragmentResponse joined = answer(worker, fragments.join());
        fragments.all(joined).forEach(request -> answer(worker, request));
        s3.removeAll(fragments.folder());
      });
    }
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
