package io.frazil.worker.prime;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.write.Compression;
import io.frazil.engine.parquet.write.ParquetFileWriter;
import io.frazil.engine.parquet.write.ParquetWriteOptions;
import io.frazil.engine.plan.Split;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lines of orders, in one file for each way in which columns are written: with dictionaries and
/// without, compressed by each codec.
record PrimingTable(List<Split> splits) {
  static final String FOLDER = "s3://priming/";
  static final Schema SCHEMA =
      Schema.of(
          new Field("order", Types.BIGINT, false),
          new Field("part", Types.INTEGER, false),
          new Field("quantity", Types.decimal(15, 2), false),
          new Field("price", Types.decimal(15, 2), false),
          new Field("discount", Types.decimal(15, 2), false),
          new Field("weight", Types.DOUBLE, true),
          new Field("flag", Types.VARCHAR, false),
          new Field("status", Types.VARCHAR, false),
          new Field("shipped", Types.DATE, false),
          new Field("comment", Types.VARCHAR, true));

  /// The first day, counted from 1970.
  static final long FIRST_DAY = 8_035;

  static final int DAYS = 2_500;
  private static final int ROWS = Batch.MAX_ROWS + 1_000;
  private static final int FILES_PER_ROUND = 2;
  private static final int ROWS_PER_ORDER = 4;
  private static final int PARTS = 2_000;
  private static final List<String> WORDS =
      List.of("frazil", "carefully", "ice", "special", "requests", "moving", "water", "deposits");

  PrimingTable {
    splits = List.copyOf(splits);
  }

  /// What a round reads: two of the files, in turn.
  List<Split> splits(int round) {
    int from = round * FILES_PER_ROUND % splits.size();
    return splits.subList(from, from + FILES_PER_ROUND);
  }

  /// Writes the files, a few hundred kilobytes.
  static PrimingTable write(ObjectStore store) {
    List<Batch> batches = batches();
    var splits = new ArrayList<Split>();
    for (Compression compression : Compression.values()) {
      for (int dictionary : new int[] {0, ParquetWriteOptions.DEFAULT.dictionaryBytes()}) {
        String location = FOLDER + compression + "-" + dictionary + ".parquet";
        write(
            store,
            location,
            ParquetWriteOptions.DEFAULT
                .withCompression(compression)
                .withDictionaryBytes(dictionary),
            batches);
        splits.add(split(store, location));
      }
    }
    return new PrimingTable(splits);
  }

  private static void write(
      ObjectStore store, String location, ParquetWriteOptions options, List<Batch> batches) {
    try (ObjectWriter out = store.create(location);
        var file = new ParquetFileWriter(out, SCHEMA, options, new MemoryPool(64 << 20))) {
      batches.forEach(file::write);
      file.finish();
      if (!out.commit()) {
        throw new IllegalStateException(location + " exists");
      }
    }
  }

  private static Split split(ObjectStore store, String location) {
    try (ObjectReader file = store.open(location)) {
      long size = file.info().size();
      return new Split.Parquet(location, 0, size, size, file.info().version(), Map.of());
    }
  }

  private static List<Batch> batches() {
    var rows = new BatchBuilder(SCHEMA);
    for (int i = 0; i < ROWS; i++) {
      int mixed = mixed(i);
      rows.row(
          (long) (i / ROWS_PER_ORDER) * 7,
          (long) (mixed % PARTS),
          BigDecimal.valueOf(100L * (1 + mixed % 50), 2),
          BigDecimal.valueOf(90_000 + mixed % 1_000_000, 2),
          BigDecimal.valueOf(mixed % 11, 2),
          i % 10 == 0 ? null : mixed / 1000.0,
          "ANR".substring(mixed % 3, mixed % 3 + 1),
          mixed % 2 == 0 ? "F" : "O",
          FIRST_DAY + mixed % DAYS,
          i % 20 == 0 ? null : comment(mixed));
    }
    return rows.batches();
  }

  private static String comment(int mixed) {
    return WORDS.get(mixed % WORDS.size())
        + " "
        + WORDS.get(mixed / 8 % WORDS.size())
        + " "
        + mixed % 10_007;
  }

  /// The same in every worker: what a snapshot holds need not differ.
  private static int mixed(int i) {
    return (int) (((i * 2_654_435_761L) >>> 7) & 0x7FFF_FFFF);
  }
}
