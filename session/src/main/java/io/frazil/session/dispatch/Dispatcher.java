package io.frazil.session.dispatch;

import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.session.cost.Charge;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Where fragments run. Makes one try of each request: retrying is the caller's.
public interface Dispatcher {
  /// Starts an attempt. The future completes with the worker's response, errors of the task
  /// included; or exceptionally where the attempt is lost and no response will come.
  ///
  /// An attempt cannot be cancelled from here: it looks after its query's control object.
  /// Cancelling the future says that nobody waits for the response, so that nothing is held for it
  /// any more.
  CompletableFuture<FragmentResponse> run(FragmentRequest request);

  /// The same for the attempts of one query.
  ///
  /// @param charges told of what is paid for besides the attempts themselves: of leaders
  default Dispatcher charging(Consumer<Charge> charges) {
    return this;
  }
}
