package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.jspecify.annotations.Nullable;

/// Reads an Arrow IPC stream or file, whoever wrote it, as batches. It takes Arrow's own library,
/// which functions that start for a query do without: they read what is ours by [PartialReader].
public final class ArrowBatchReader implements BatchReader {
  private final String name;
  private final ArrowMemory memory;
  private final ArrowReader reader;
  private final VectorSchemaRoot root;
  private final ArrowImport rows;
  private int position;
  private boolean done;
  private boolean closed;

  private ArrowBatchReader(
      String name, MemoryPool pool, Function<BufferAllocator, ArrowReader> open) {
    this.name = name;
    this.memory = new ArrowMemory(pool, "Arrow reader");
    this.reader = open.apply(memory.allocator());
    try {
      this.root = reader.getVectorSchemaRoot();
      this.rows = new ArrowImport(root.getSchema(), reader);
    } catch (IOException | RuntimeException e) {
      close();
      throw failure(e);
    }
  }

  /// Reads a stream, which is closed with the reader.
  ///
  /// @param name for messages
  public static ArrowBatchReader ofStream(String name, InputStream in, MemoryPool pool) {
    return new ArrowBatchReader(
        name, pool, allocator -> new ArrowStreamReader(in, allocator, ArrowCompression.FACTORY));
  }

  /// Reads a file by its index. The object's reader is closed with this one.
  public static ArrowBatchReader ofFile(ObjectReader in, MemoryPool pool) {
    return ofFile(in, 0, pool);
  }

  /// The same from a record batch on.
  ///
  /// @param first its number, from 0; beyond the last there is nothing to read
  public static ArrowBatchReader ofFile(ObjectReader in, int first, MemoryPool pool) {
    var channel = new ObjectChannel(in, 0, in.info().size());
    return new ArrowBatchReader(
        in.info().location(), pool, allocator -> new BatchesOfFile(channel, allocator, first));
  }

  /// A file's record batches from one on.
  private static final class BatchesOfFile extends ArrowFileReader {
    private final int first;
    private boolean begun;

    BatchesOfFile(SeekableByteChannel in, BufferAllocator allocator, int first) {
      super(in, allocator, ArrowCompression.FACTORY);
      this.first = first;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      if (begun) {
        return super.loadNextBatch();
      }
      begun = true;
      List<ArrowBlock> blocks = getRecordBlocks();
      // Loading a block goes on with the next one, by this method.
      return first < blocks.size() && loadRecordBatch(blocks.get(first));
    }
  }

  public Schema schema() {
    return rows.schema();
  }

  @Override
  public @Nullable Batch next() {
    try {
      while (!done && position == root.getRowCount()) {
        position = 0;
        if (!reader.loadNextBatch()) {
          done = true;
        }
      }
      if (done) {
        return null;
      }
      int count = Math.min(Batch.MAX_ROWS, root.getRowCount() - position);
      Batch batch = rows.read(root, position, count);
      position += count;
      return batch;
    } catch (IOException | RuntimeException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    done = true;
    try {
      reader.close();
    } catch (IOException e) {
      throw failure(e);
    } finally {
      memory.close();
    }
  }

  // Arrow's library meets bad bytes with exceptions of all kinds.
  private FrazilException failure(Exception e) {
    return e instanceof FrazilException known
        ? known
        : new FrazilException(
            ErrorCode.FILE_CORRUPT,
            "'%s' is not complete Arrow data: %s".formatted(name, e.getMessage()),
            e);
  }
}
