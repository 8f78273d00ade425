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
import org.jspecify.annotations.Nullable;

/// Lines of orders, in one file for each way in which columns are written: with dictionaries and
/// without, compressed by each codec, in one piece and in many, by day and in no order. What C2
/// never saw it leaves out, and goes back to the interpreter where it comes after all.
record PrimingTable(List<List<Split>> files) {
  static final String BUCKET = "s3://priming/";
  static final String ARN = "arn:aws:s3:::priming";

  /// More columns than are read, and than fit the short form of a footer's lists (14). Some that
  /// may be null never are, as in most tables.
  static final Schema SCHEMA =
      Schema.of(
          new Field("order", Types.BIGINT, false),
          new Field("part", Types.INTEGER, false),
          new Field("number", Types.INTEGER, true),
          new Field("quantity", Types.decimal(15, 2), true),
          new Field("price", Types.decimal(15, 2), true),
          new Field("discount", Types.decimal(15, 2), false),
          new Field("tax", Types.decimal(15, 2), true),
          new Field("weight", Types.DOUBLE, true),
          new Field("flag", Types.VARCHAR, true),
          new Field("status", Types.VARCHAR, true),
          new Field("shipped", Types.DATE, false),
          new Field("due", Types.DATE, true),
          new Field("changed", Types.TIMESTAMP, true),
          new Field("gift", Types.BOOLEAN, true),
          new Field("mode", Types.VARCHAR, false),
          new Field("comment", Types.VARCHAR, true));

  /// The first day, counted from 1970.
  static final long FIRST_DAY = 8_035;

  static final int DAYS = 2_500;

  /// Small files leave more of the time to what a fragment does once; some have many batches, and
  /// pages that are longer than one.
  private static final int ROWS = 1_000;

  private static final int MORE_ROWS = 5 * Batch.MAX_ROWS + 1_000;
  private static final int MORE_EACH = 7;
  private static final int ROW_GROUP = 600;
  private static final int PAGE = 250;
  private static final int FILES_PER_ROUND = 2;

  /// Without a common divisor with the number of files: neighbours differ in more than one way.
  private static final int STRIDE = 5;

  /// Of each three times so many rows the first part repeats one value in most columns: there are
  /// long runs and short ones.
  private static final int RUN = 64;

  private static final int ROWS_PER_ORDER = 4;
  private static final int PARTS = 2_000;
  private static final long MICROSECONDS_A_DAY = 86_400_000_000L;
  private static final List<String> MODES =
      List.of("MAIL", "SHIP", "AIR", "REG AIR", "TRUCK", "FOB", "RAIL");
  private static final List<String> WORDS =
      List.of("frazil", "carefully", "ice", "special", "requests", "moving", "water", "deposits");

  PrimingTable {
    files = List.copyOf(files);
  }

  /// What a round reads: two of the files, in turn.
  List<Split> splits(int round) {
    var splits = new ArrayList<Split>();
    for (int i = 0; i < FILES_PER_ROUND; i++) {
      splits.addAll(files.get((round * FILES_PER_ROUND + i) * STRIDE % files.size()));
    }
    return splits;
  }

  /// Writes the files, a megabyte or two.
  static PrimingTable write(ObjectStore store) {
    var files = new ArrayList<List<Split>>();
    for (boolean byDay : new boolean[] {false, true}) {
      List<Batch> few = batches(ROWS, byDay);
      List<Batch> more = batches(MORE_ROWS, byDay);
      for (ParquetWriteOptions layout : layouts()) {
        String location = BUCKET + "lines/" + files.size() + ".parquet";
        write(store, location, layout, files.size() % MORE_EACH == 0 ? more : few);
        files.add(splits(store, location, files.size()));
      }
    }
    return new PrimingTable(files);
  }

  private static List<ParquetWriteOptions> layouts() {
    var layouts = new ArrayList<ParquetWriteOptions>();
    for (Compression compression : Compression.values()) {
      for (int dictionary : new int[] {0, ParquetWriteOptions.DEFAULT.dictionaryBytes()}) {
        ParquetWriteOptions whole =
            ParquetWriteOptions.DEFAULT
                .withCompression(compression)
                .withDictionaryBytes(dictionary);
        layouts.add(whole);
        layouts.add(
            whole
                .withRowGroups(ROW_GROUP, whole.rowGroupBytes())
                .withPages(PAGE, whole.pageBytes()));
      }
    }
    return layouts;
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

  /// All of a file, or every third time its halves.
  private static List<Split> splits(ObjectStore store, String location, int number) {
    try (ObjectReader file = store.open(location)) {
      long size = file.info().size();
      String version = file.info().version();
      long half = size / 2;
      return number % 3 < 2
          ? List.of(new Split.Parquet(location, 0, size, size, version, Map.of()))
          : List.of(
              new Split.Parquet(location, 0, half, size, version, Map.of()),
              new Split.Parquet(location, half, size - half, size, version, Map.of()));
    }
  }

  private static List<Batch> batches(int count, boolean byDay) {
    var rows = new BatchBuilder(SCHEMA);
    for (int i = 0; i < count; i++) {
      int mixed = mixed(i / RUN % 3 == 0 ? i / RUN : i);
      long day = FIRST_DAY + (byDay ? (long) i * DAYS / count : mixed % DAYS);
      rows.row(
          (long) (i / ROWS_PER_ORDER) * 7,
          (long) (mixed % PARTS),
          i % 7 == 0 ? null : (long) (i % ROWS_PER_ORDER),
          BigDecimal.valueOf(100L * (1 + mixed % 50), 2),
          BigDecimal.valueOf(90_000 + mixed % 1_000_000, 2),
          BigDecimal.valueOf(mixed % 11, 2),
          i % 1_000 < 100 ? null : BigDecimal.valueOf(mixed % 9, 2),
          i % 10 == 0 ? null : mixed / 1000.0,
          "ANR".substring(mixed % 3, mixed % 3 + 1),
          status(i, mixed),
          day,
          mixed % 50 == 0 ? null : day + mixed % 30,
          mixed % 20 == 0 ? null : day * MICROSECONDS_A_DAY + mixed,
          mixed % 5 == 0 ? null : mixed % 2 == 0,
          MODES.get(i / 64 % MODES.size()),
          i % 20 == 0 ? null : comment(mixed));
    }
    return rows.batches();
  }

  /// A rare one comes late.
  private static @Nullable String status(int i, int mixed) {
    if (i % 500 == 0) {
      return null;
    }
    return i > Batch.MAX_ROWS && i % 1_500 == 1 ? "P" : mixed % 2 == 0 ? "F" : "O";
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
