package io.frazil.cli.client;

import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.events.QueryResponse;
import io.frazil.session.statistics.QueryProgress;
import java.util.Optional;

/// How a coordinator is reached. Queries are named by the tokens of their requests.
public interface Coordinator {
  /// Runs a query to its end: an encoded request in, the encoded response out.
  byte[] run(byte[] request);

  /// How far a query is, if that can be known now.
  Optional<QueryProgress> progress(String token);

  /// Asks a query to stop.
  ///
  /// @return whether it will; false where nothing is known of it yet, so that it has to be asked
  ///   again
  /// @throws io.frazil.engine.error.FrazilException where it cannot be asked
  boolean cancel(String token);

  /// Reads the rows of a response that has an `output`.
  ArrowBatchReader open(QueryResponse response);

  /// Removes what lies there of a query that is over.
  void forget(String token);
}
