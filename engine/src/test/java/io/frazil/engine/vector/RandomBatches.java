package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Simple;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Batches of every type in every form: flat, dictionary and constant vectors, with and without
/// nulls and selections, with the values that break things. The same seed makes the same batches.
public final class RandomBatches {
  /// Every type, nullable and not.
  public static final Schema ALL_TYPES = allTypes();

  private static final String[] TEXTS = {
    "",
    "a",
    "abc",
    "NULL",
    "ÄÖÜ ß",
    "日本語テキスト",
    "𝄞 clef",
    "with,comma",
    "with \"quotes\"",
    "line\nbreak",
    "\ttab",
    "x".repeat(100),
    "𝄞".repeat(30)
  };

  private final SplittableRandom random;

  public RandomBatches(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private static Schema allTypes() {
    List<DataType> types =
        List.of(
            Types.BOOLEAN,
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.REAL,
            Types.DOUBLE,
            Types.VARCHAR,
            Types.DATE,
            Types.TIMESTAMP,
            new DataType.Timestamp(6, true),
            new DataType.Timestamp(9, false),
            Types.decimal(1, 0),
            Types.decimal(9, 2),
            Types.decimal(18, 4),
            Types.decimal(19, 0),
            Types.decimal(38, 10));
    var fields = new ArrayList<Field>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(new Field("n" + i, types.get(i), true));
      fields.add(new Field("r" + i, types.get(i), false));
    }
    return new Schema(fields);
  }

  /// Batches of 0 to 4096 rows.
  public List<Batch> batches(Schema schema, int count) {
    var batches = new ArrayList<Batch>();
    for (int i = 0; i < count; i++) {
      batches.add(batch(schema, i == 1 ? 0 : random.nextInt(1, Batch.MAX_ROWS + 1)));
    }
    return batches;
  }

  public Batch batch(Schema schema, int length) {
    Batch batch =
        Batch.of(length, schema.fields().stream().map(field -> vector(field, length)).toList());
    return random.nextInt(3) == 0 ? select(batch) : batch;
  }

  private Batch select(Batch batch) {
    int[] selection = new int[batch.length()];
    int selected = 0;
    int percent = random.nextInt(101);
    for (int i = 0; i < selection.length; i++) {
      selection[selected] = i;
      selected += random.nextInt(100) < percent ? 1 : 0;
    }
    return batch.select(selection, selected);
  }

  public Vector vector(Field field, int length) {
    int nullPercent = field.nullable() ? new int[] {0, 10, 100}[random.nextInt(3)] : 0;
    return switch (random.nextInt(4)) {
      case 0 -> dictionary(field.type(), length, nullPercent);
      case 1 ->
          DictionaryVector.constant(
              VectorBuilder.of(field.type(), orNull(field.type(), nullPercent)), length);
      default -> flat(field.type(), length, nullPercent);
    };
  }

  private Vector flat(DataType type, int length, int nullPercent) {
    var builder = new VectorBuilder(type);
    for (int i = 0; i < length; i++) {
      builder.append(orNull(type, nullPercent));
    }
    return builder.build();
  }

  private Vector dictionary(DataType type, int length, int nullPercent) {
    int size = random.nextInt(1, 50);
    int[] ids = new int[length];
    long @Nullable [] validity = nullPercent == 0 ? null : new long[Bitmap.words(length)];
    for (int i = 0; i < length; i++) {
      if (validity == null || random.nextInt(100) >= nullPercent) {
        ids[i] = random.nextInt(size);
        if (validity != null) {
          Bitmap.set(validity, i);
        }
      }
    }
    return new DictionaryVector(ids, flat(type, size, 0), length, validity);
  }

  private @Nullable Object orNull(DataType type, int nullPercent) {
    return random.nextInt(100) < nullPercent ? null : value(type);
  }

  /// A value of the type, every fifth of them one of those that break things.
  public Object value(DataType type) {
    return switch (type) {
      case Simple.BOOLEAN -> random.nextBoolean();
      case Simple.TINYINT -> (byte) random.nextInt();
      case Simple.SMALLINT -> (short) random.nextInt();
      case Simple.INTEGER -> (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Simple.BIGINT -> integer(Long.MIN_VALUE, Long.MAX_VALUE);
      case Simple.REAL -> (float) floating();
      case Simple.DOUBLE -> floating();
      case Simple.VARCHAR ->
          random.nextInt(5) == 0
              ? TEXTS[random.nextInt(TEXTS.length)]
              : Long.toString(random.nextLong(), 36);
      case Simple.DATE ->
          LocalDate.ofEpochDay(
              integer(LocalDate.of(1, 1, 1).toEpochDay(), LocalDate.of(9999, 12, 31).toEpochDay()));
      case DataType.Timestamp t -> timestamp(t);
      case DataType.Decimal d -> decimal(d);
    };
  }

  private long integer(long min, long max) {
    return switch (random.nextInt(15)) {
      case 0 -> min;
      case 1 -> max;
      case 2 -> Math.clamp(0, min, max);
      default -> random.nextInt(3) == 0 ? random.nextLong(min, max) : random.nextInt(100);
    };
  }

  private double floating() {
    double[] special = {
      0.0,
      -0.0,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.MIN_VALUE,
      1e-10f,
      0.1f
    };
    return random.nextInt(5) == 0
        ? special[random.nextInt(special.length)]
        : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-20, 20));
  }

  private Object timestamp(DataType.Timestamp type) {
    int firstYear = type.precision() == 9 ? 1700 : 1;
    int lastYear = type.precision() == 9 ? 2200 : 9999;
    long second =
        integer(
            LocalDate.of(firstYear, 1, 1).toEpochDay() * 86_400,
            LocalDate.of(lastYear, 1, 1).toEpochDay() * 86_400);
    int unit = (int) (1_000_000_000L / type.unitsPerSecond());
    int nanos = random.nextInt(1_000_000_000) / unit * unit;
    if (type.zoned()) {
      return Instant.ofEpochSecond(second, nanos);
    }
    return LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
  }

  private BigDecimal decimal(DataType.Decimal type) {
    BigInteger limit = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    BigInteger unscaled =
        switch (random.nextInt(10)) {
          case 0 -> limit;
          case 1 -> limit.negate();
          case 2, 3 -> BigInteger.valueOf(random.nextInt(-9, 10));
          default ->
              BigInteger.valueOf(random.nextLong())
                  .multiply(BigInteger.valueOf(random.nextLong()))
                  .remainder(limit);
        };
    return new BigDecimal(unscaled, type.scale());
  }
}
