package io.frazil.localstack.data;

import io.frazil.events.Json;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Queries as their objects tell of them, whatever doors say.
///
/// @param bucket where the objects lie
public record StoredQueries(S3Client s3, String bucket) {
  private static final long OVERDUE_MILLIS = 10_000;
  private static final int PRECONDITION_FAILED = 412;

  /// Empty where no query of this id was ever accepted.
  public Optional<QueryState> state(String id) {
    return read(id, "state.json", QueryState.class);
  }

  /// What it gave, or why it failed; empty where it did neither.
  public Optional<QueryResponse> response(String id) {
    return read(id, "response.json", QueryResponse.class);
  }

  /// The names of all that a query has, below its folder.
  public List<String> objects(String id) {
    String folder = folder(id);
    return s3.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(folder)).contents().stream()
        .map(object -> object.key().substring(folder.length()))
        .toList();
  }

  /// What an object below a query's folder holds.
  public byte[] object(String id, String name) {
    return s3.getObjectAsBytes(b -> b.bucket(bucket).key(folder(id) + name)).asByteArray();
  }

  /// The names of what its workers wrote for each other.
  public List<String> stages(String id) {
    return objects(id).stream().filter(name -> name.startsWith("stages/")).toList();
  }

  /// Has the lease of a query run out, as it would by itself in a quarter of a minute: to wait for
  /// that each time takes longer than all else that happens to a query.
  ///
  /// @param id of a query whose owner is no more, so that nobody renews it
  public void endLease(String id) {
    boolean changed = true;
    while (changed) {
      ResponseBytes<GetObjectResponse> seen;
      try {
        seen = s3.getObjectAsBytes(b -> b.bucket(bucket).key(folder(id) + "state.json"));
      } catch (NoSuchKeyException _) {
        return; // Nobody has taken it on.
      }
      QueryState state = Json.decode(seen.asByteArray(), QueryState.class);
      changed =
          state.phase() == Phase.RUNNING && !replaced(id, seen.response().eTag(), over(state));
    }
  }

  /// For longer than whoever is asked about it waits before somebody is sent.
  private static QueryState over(QueryState state) {
    long since = System.currentTimeMillis() - OVERDUE_MILLIS;
    return state.renewed(since, state.progress(), state.soFar());
  }

  /// What was sent before its sender's end may come after it.
  private boolean replaced(String id, String etag, QueryState next) {
    try {
      PutObjectResponse _ =
          s3.putObject(
              b -> b.bucket(bucket).key(folder(id) + "state.json").ifMatch(etag),
              RequestBody.fromBytes(Json.encode(next)));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw e;
    }
  }

  private <T> Optional<T> read(String id, String name, Class<T> type) {
    try {
      return Optional.of(Json.decode(object(id, name), type));
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    }
  }

  private static String folder(String id) {
    return "queries/" + id + "/";
  }
}
