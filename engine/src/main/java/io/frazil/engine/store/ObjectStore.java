package io.frazil.engine.store;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.List;

/// Objects by location: a URI (`s3://bucket/key`, `file:/...`), or a plain path for the local file
/// system. Objects are written whole and never changed.
///
/// All failures are [io.frazil.engine.error.FrazilException]: FILE_NOT_FOUND, PERMISSION_DENIED,
/// STORE_UNAVAILABLE. Implementations are safe for use by many threads.
public interface ObjectStore {
  /// Size and version of one object.
  ObjectInfo head(String location);

  /// Opens an object for reading by ranges. The reader holds on to the version it opened.
  ObjectReader open(String location);

  /// Opens an object that nobody ever replaces, and whose size its writer told: a store that has to
  /// ask for size and version asks for nothing. One of another size fails with FILE_CHANGED, here
  /// or when it is read.
  default ObjectReader open(String location, long size) {
    ObjectReader reader = open(location);
    if (reader.info().size() == size) {
      return reader;
    }
    reader.close();
    throw new FrazilException(
        ErrorCode.FILE_CHANGED,
        "'%s' has %d bytes, not the %d that were written"
            .formatted(location, reader.info().size(), size));
  }

  /// Begins a new object, which exists once [ObjectWriter#commit] said so and not before.
  ObjectWriter create(String location);

  /// All objects whose location begins with `prefix` (a folder ends with `/`), in order of their
  /// location.
  List<ObjectInfo> list(String prefix);

  /// The first of these objects behind a location, for who reads a long list by pages: a store that
  /// has pages itself asks for no more than it takes.
  ///
  /// @param after which need not be there; empty for the very first
  /// @param most how many are wanted
  default List<ObjectInfo> list(String prefix, String after, int most) {
    return list(prefix).stream()
        .filter(object -> object.location().compareTo(after) > 0)
        .limit(most)
        .toList();
  }

  /// Removes an object; one that isn't there is no error.
  void delete(String location);

  /// The same store, whose requests are counted. One whose requests cost nothing counts none.
  default ObjectStore counting(StoreRequests requests) {
    return this;
  }
}
