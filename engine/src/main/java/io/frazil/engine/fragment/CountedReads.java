package io.frazil.engine.fragment;

import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import java.util.List;

/// A store whose reads are counted for a plan node.
record CountedReads(ObjectStore store, NodeMetrics metrics) implements ObjectStore {
  @Override
  public ObjectInfo head(String location) {
    metrics.add(Counter.READ_REQUESTS, 1);
    return store.head(location);
  }

  @Override
  public ObjectReader open(String location) {
    // Opening asks for the object's size and version.
    metrics.add(Counter.READ_REQUESTS, 1);
    return new Reader(store.open(location), metrics);
  }

  @Override
  public ObjectReader open(String location, long size) {
    return new Reader(store.open(location, size), metrics);
  }

  @Override
  public ObjectWriter create(String location) {
    return store.create(location);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return store.list(prefix);
  }

  @Override
  public void delete(String location) {
    store.delete(location);
  }

  private record Reader(ObjectReader reader, NodeMetrics metrics) implements ObjectReader {
    @Override
    public ObjectInfo info() {
      return reader.info();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) {
      metrics.add(Counter.READ_REQUESTS, 1);
      metrics.add(Counter.READ_BYTES, length);
      reader.read(position, into, offset, length);
    }

    @Override
    public int parallelReads() {
      return reader.parallelReads();
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
