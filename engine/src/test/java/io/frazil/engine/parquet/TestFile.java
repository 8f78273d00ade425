package io.frazil.engine.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/// Writes files with parquet-java: a row is an array of Boolean, Integer, Long, Float, Double,
/// Binary or null.
final class TestFile {
  private TestFile() {}

  /// The file's bytes.
  static byte[] write(
      MessageType schema, List<@Nullable Object[]> rows, UnaryOperator<Builder> settings) {
    var out = new ByteArrayOutputStream();
    var builder = new Builder(new MemoryFile(out), schema);
    builder.withConf(new PlainParquetConfiguration());
    builder.withCodecFactory(new TestCodecs());
    try (ParquetWriter<@Nullable Object[]> writer = settings.apply(builder).build()) {
      for (@Nullable Object[] row : rows) {
        writer.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    private final MessageType schema;

    Builder(OutputFile file, MessageType schema) {
      super(file);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Deprecated
    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration conf) {
      return new Rows(schema);
    }

    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration conf) {
      return new Rows(schema);
    }
  }

  private static final class Rows extends WriteSupport<@Nullable Object[]> {
    private final MessageType schema;
    private @Nullable RecordConsumer consumer;

    Rows(MessageType schema) {
      this.schema = schema;
    }

    @Deprecated
    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
      RecordConsumer out = consumer;
      assert out != null;
      out.startMessage();
      for (int i = 0; i < row.length; i++) {
        Object value = row[i];
        if (value != null) {
          String name = schema.getFieldName(i);
          out.startField(name, i);
          if (schema.getType(i).isPrimitive()) {
            add(out, value, schema.getType(i).asPrimitiveType().getPrimitiveTypeName());
          } else {
            out.startGroup();
            out.endGroup();
          }
          out.endField(name, i);
        }
      }
      out.endMessage();
    }

    private static void add(RecordConsumer out, Object value, PrimitiveTypeName type) {
      switch (type) {
        case BOOLEAN -> out.addBoolean((Boolean) value);
        case INT32 -> out.addInteger((Integer) value);
        case INT64 -> out.addLong((Long) value);
        case FLOAT -> out.addFloat((Float) value);
        case DOUBLE -> out.addDouble((Double) value);
        case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> out.addBinary((Binary) value);
      }
    }
  }

  private record MemoryFile(ByteArrayOutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return out.size();
        }

        @Override
        public void write(int b) {
          out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          out.write(bytes, offset, length);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
