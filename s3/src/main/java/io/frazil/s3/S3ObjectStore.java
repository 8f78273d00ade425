package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.store.RoutingObjectStore;
import io.frazil.engine.store.StoreRequests;
import io.frazil.engine.store.VersionedStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Objects on S3. A version is an etag; a reader asks for the one that it opened (`If-Match`), a
/// writer commits only where nothing is (`If-None-Match: *`).
///
/// Connects at the first request and not before. Closing is for tests and ends idle connections.
public final class S3ObjectStore implements VersionedStore, AutoCloseable {
  /// How much of an object's end comes along with opening it: a Parquet footer lies there.
  static final int TAIL_BYTES = 64 << 10;

  private static final int NOT_SATISFIABLE = 416;

  private final S3Calls calls;
  private final MemoryPool buffers;
  private final HedgedReads reads;

  public S3ObjectStore(S3Settings settings) {
    this.calls = new S3Calls(new S3Wire(settings), settings, new StoreRequests());
    this.buffers = new MemoryPool(settings.bufferBytes());
    this.reads = new HedgedReads(calls, buffers);
  }

  private S3ObjectStore(S3ObjectStore store, StoreRequests requests) {
    this.calls = store.calls.counting(requests);
    this.buffers = store.buffers;
    this.reads = store.reads.by(calls);
  }

  /// S3 for its locations and the local file system for all others. Nothing of S3 is looked at
  /// before the first of them.
  ///
  /// @param environment as [S3Settings#of(Map)] reads it
  public static VersionedStore besideLocal(Map<String, String> environment) {
    Map<String, String> variables = Map.copyOf(environment);
    return besideLocal(() -> S3Settings.of(variables));
  }

  /// The same by settings that are asked for when the first object of S3 is.
  public static VersionedStore besideLocal(Supplier<S3Settings> settings) {
    return new RoutingObjectStore(bySchemes(settings), new LocalObjectStore());
  }

  /// S3 alone: all that a message or a table's metadata names elsewhere is refused as
  /// PERMISSION_DENIED, files of this machine among it. As lazy as the others.
  public static VersionedStore alone(Supplier<S3Settings> settings) {
    return new RoutingObjectStore(bySchemes(settings));
  }

  /// The store of a function: S3 alone where it keeps its own objects there, else with local files.
  ///
  /// @param environment as [S3Settings#of(Map)] reads it
  /// @param own where its own objects lie
  public static VersionedStore ofFunction(Map<String, String> environment, String own) {
    Map<String, String> variables = Map.copyOf(environment);
    return S3Location.isOne(own) ? alone(() -> S3Settings.of(variables)) : besideLocal(variables);
  }

  private static Map<String, Supplier<VersionedStore>> bySchemes(Supplier<S3Settings> settings) {
    Supplier<VersionedStore> store = () -> new S3ObjectStore(settings.get());
    return S3Location.SCHEMES.stream().collect(Collectors.toMap(s -> s, _ -> store));
  }

  @Override
  public ObjectInfo head(String location) {
    S3Location at = S3Location.object(location);
    try {
      return headOf(at);
    } catch (IOException e) {
      throw S3Failure.of(at, "read", e);
    }
  }

  @Override
  public ObjectReader open(String location) {
    S3Location at = S3Location.object(location);
    S3Request request = S3Request.get(at).header("Range", "bytes=-" + TAIL_BYTES);
    try {
      return calls.call(request, answer -> opened(at, answer));
    } catch (S3Error e) {
      if (e.status() != NOT_SATISFIABLE) {
        throw S3Failure.of(at, "read", e);
      }
      // An empty object has no last bytes.
      return new S3Reader(at, head(location), new byte[0], reads, retry());
    } catch (IOException e) {
      throw S3Failure.of(at, "read", e);
    }
  }

  @Override
  public ObjectReader open(String location, long size) {
    S3Location at = S3Location.object(location);
    var known = new ObjectInfo(at.toString(), size, "");
    return new S3Reader(at, known, new byte[0], reads, retry());
  }

  @Override
  public ObjectWriter create(String location) {
    return new S3Writer(S3Put.to(calls, S3Location.object(location)), buffers);
  }

  @Override
  public Optional<ObjectInfo> replace(ObjectInfo seen, byte[] content) {
    S3Location at = S3Location.object(seen.location());
    try {
      return S3Put.to(calls, at)
          .replace(content, seen.version())
          .map(etag -> new ObjectInfo(seen.location(), content.length, etag));
    } catch (IOException e) {
      throw S3Failure.of(at, "written", e);
    }
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    S3Location at = S3Location.prefix(prefix);
    try {
      return new S3Listing(calls, at).all();
    } catch (IOException e) {
      throw S3Failure.of(at, "listed", e);
    }
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int most) {
    S3Location at = S3Location.prefix(prefix);
    String start = after.isEmpty() ? "" : S3Location.object(after).key();
    try {
      return new S3Listing(calls, at).first(start, most);
    } catch (IOException e) {
      throw S3Failure.of(at, "listed", e);
    }
  }

  @Override
  public void delete(String location) {
    S3Location at = S3Location.object(location);
    try {
      calls.call(S3Request.delete(at), S3Answer::text);
    } catch (IOException e) {
      throw S3Failure.of(at, "deleted", e);
    }
  }

  /// Shares all with this one but the count. Each try of a request counts, and each hedge.
  @Override
  public S3ObjectStore counting(StoreRequests requests) {
    return new S3ObjectStore(this, requests);
  }

  /// Removes all objects of a folder.
  ///
  /// @param folder ends with `/` and is not a whole bucket
  public void deleteAll(String folder) {
    S3Location at = S3Location.prefix(folder);
    if (at.key().replace("/", "").isEmpty() || !at.key().endsWith("/")) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' is not a folder: it should be like s3://bucket/folder/".formatted(folder));
    }
    try {
      new S3Deletion(calls, at).all();
    } catch (IOException e) {
      throw S3Failure.of(at, "deleted", e);
    }
  }

  @Override
  public void close() {
    calls.wire().close();
  }

  /// What parts being written and reads being hedged hold, in bytes.
  long bufferedBytes() {
    return buffers.used();
  }

  /// How often a read was asked for twice.
  long hedges() {
    return reads.hedges();
  }

  private ObjectInfo headOf(S3Location at) throws IOException {
    return calls.call(
        S3Request.head(at),
        answer -> new ObjectInfo(at.toString(), answer.length(), answer.etag()));
  }

  private S3Reader opened(S3Location at, S3Answer answer) throws IOException {
    long size = answer.objectLength();
    byte[] tail = new byte[answer.length() <= TAIL_BYTES ? (int) answer.length() : 0];
    answer.read(tail, 0, tail.length);
    var info = new ObjectInfo(at.toString(), size, answer.etag());
    return new S3Reader(at, info, tail, reads, retry());
  }

  private Retry retry() {
    return new Retry(calls.settings().attempts());
  }
}
