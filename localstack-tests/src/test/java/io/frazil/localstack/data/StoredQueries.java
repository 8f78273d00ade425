package io.frazil.localstack.data;

import io.frazil.events.Json;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Queries as their objects tell of them, whatever doors say.
///
/// @param bucket where the objects lie
public record StoredQueries(S3Client s3, String bucket) {
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
