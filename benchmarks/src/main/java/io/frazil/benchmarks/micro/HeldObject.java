package io.frazil.benchmarks.micro;

import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.util.Arrays;
import java.util.List;

/// A store that holds what is written to it last.
final class HeldObject implements ObjectStore, ObjectWriter {
  private byte[] bytes = new byte[1 << 22];
  private int length;

  /// What was written.
  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public ObjectWriter create(String location) {
    length = 0;
    return this;
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  @Override
  public long position() {
    return length;
  }

  @Override
  public boolean commit() {
    return true;
  }

  @Override
  public void close() {}

  @Override
  public ObjectInfo head(String location) {
    return new ObjectInfo(location, length, "1");
  }

  @Override
  public ObjectReader open(String location) {
    throw new IllegalStateException("nobody reads " + location);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return List.of();
  }

  @Override
  public void delete(String location) {
    length = 0;
  }
}
