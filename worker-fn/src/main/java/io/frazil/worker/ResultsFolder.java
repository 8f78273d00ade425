package io.frazil.worker;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.Fragment;
import io.frazil.events.FragmentRequest;
import java.util.List;
import java.util.regex.Pattern;

/// Where the objects of queries lie. What a worker writes, and what it reads of other workers, lies
/// in the folder of its own query: a message that names anything else is not ours.
///
/// @param root ending with `/`
record ResultsFolder(String root) {
  private static final Pattern QUERY = Pattern.compile("[0-9a-f]{8,64}");
  private static final Pattern UPWARDS = Pattern.compile("(^|/)\\.{1,2}(/|$)");

  static ResultsFolder of(String location) {
    return new ResultsFolder(location.endsWith("/") ? location : location + "/");
  }

  /// @throws FrazilException INVALID_MESSAGE
  void check(FragmentRequest request) {
    checkId(request.query());
    if (request.location() != null) {
      checkLocation(request.query(), request.location());
    }
  }

  /// @throws FrazilException INVALID_MESSAGE
  void check(String query, String location) {
    checkId(query);
    checkLocation(query, location);
  }

  /// @throws FrazilException INVALID_MESSAGE
  void check(FragmentRequest request, Fragment fragment) {
    // Loops, as this is among the first things that a worker does after its snapshot.
    checkLocation(request.query(), fragment.output().location());
    checkLocation(request.query(), fragment.control());
    for (List<PartialManifest> partials : fragment.inputs().values()) {
      for (PartialManifest partial : partials) {
        checkLocation(request.query(), partial.location());
      }
    }
  }

  private static void checkId(String query) {
    if (!QUERY.matcher(query).matches()) {
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, "The request's query is no query's id");
    }
  }

  private void checkLocation(String query, String location) {
    String folder = root + "queries/" + query + "/";
    if (!location.startsWith(folder)
        || UPWARDS.matcher(location.substring(folder.length())).find()) {
      throw new FrazilException(
          ErrorCode.INVALID_MESSAGE,
          "'%s' is not among the objects of query %s".formatted(location, query));
    }
  }
}
