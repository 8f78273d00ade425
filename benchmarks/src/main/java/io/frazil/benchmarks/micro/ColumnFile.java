package io.frazil.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/// Files of one column, one for each way in which its values are encoded. Written by parquet-java.
public enum ColumnFile {
  PLAIN_INT(PrimitiveTypeName.INT32, Encoding.PLAIN, Values.ANY),
  PLAIN_LONG(PrimitiveTypeName.INT64, Encoding.PLAIN, Values.ANY),
  PLAIN_DOUBLE(PrimitiveTypeName.DOUBLE, Encoding.PLAIN, Values.ANY),
  PLAIN_TEXT(PrimitiveTypeName.BINARY, Encoding.PLAIN, Values.ANY),
  NULLABLE_PLAIN_LONG(PrimitiveTypeName.INT64, Encoding.PLAIN, Values.NULLABLE),
  /// Ids of ten bits, packed.
  DICTIONARY_LONG(PrimitiveTypeName.INT64, Encoding.DICTIONARY, Values.FEW),
  /// Ids in runs.
  SORTED_DICTIONARY_LONG(PrimitiveTypeName.INT64, Encoding.DICTIONARY, Values.SORTED),
  DICTIONARY_TEXT(PrimitiveTypeName.BINARY, Encoding.DICTIONARY, Values.FEW),
  DELTA_INT(PrimitiveTypeName.INT32, Encoding.DELTA, Values.ANY),
  DELTA_LONG(PrimitiveTypeName.INT64, Encoding.DELTA, Values.ANY),
  DELTA_SORTED_LONG(PrimitiveTypeName.INT64, Encoding.DELTA, Values.SORTED),
  /// DELTA_BYTE_ARRAY: each text without the prefix that it shares with the one before.
  DELTA_TEXT(PrimitiveTypeName.BINARY, Encoding.DELTA, Values.ANY);

  static final int ROWS = 1 << 20;

  private static final int FEW_VALUES = 1000;

  private final PrimitiveTypeName type;
  private final Encoding encoding;
  private final Values values;

  private enum Encoding {
    PLAIN,
    DICTIONARY,
    DELTA
  }

  private enum Values {
    ANY,
    NULLABLE,
    FEW,
    SORTED
  }

  ColumnFile(PrimitiveTypeName type, Encoding encoding, Values values) {
    this.type = type;
    this.encoding = encoding;
    this.values = values;
  }

  private MessageType schema() {
    var column = values == Values.NULLABLE ? Types.optional(type) : Types.required(type);
    PrimitiveType named =
        type == PrimitiveTypeName.BINARY
            ? column.as(LogicalTypeAnnotation.stringType()).named("c")
            : column.named("c");
    return new MessageType("m", named);
  }

  void write(Path path) throws IOException {
    MessageType schema = schema();
    Random random = Data.random();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(encoding == Encoding.DICTIONARY)
            .withWriterVersion(
                encoding == Encoding.DELTA ? WriterVersion.PARQUET_2_0 : WriterVersion.PARQUET_1_0)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(row(schema, number(i, random), random));
      }
    }
  }

  private int number(int row, Random random) {
    return switch (values) {
      case ANY, NULLABLE -> random.nextInt(1 << 24);
      case FEW -> random.nextInt(FEW_VALUES);
      case SORTED -> row / (ROWS / FEW_VALUES);
    };
  }

  private Group row(MessageType schema, int number, Random random) {
    var row = new SimpleGroup(schema);
    if (values == Values.NULLABLE && random.nextInt(10) == 0) {
      return row;
    }
    switch (type) {
      case INT32 -> row.add(0, number);
      case INT64 -> row.add(0, (long) number);
      case DOUBLE -> row.add(0, number / 4.0);
      default -> row.add(0, "Customer#%09d".formatted(number));
    }
    return row;
  }
}
