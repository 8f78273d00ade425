package io.frazil.benchmarks.micro;

import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.kernel.Cast;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Casts between types, of values that have a place in the other.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(Data.ROWS)
public class CastBenchmark {
  private static final String ARROW = " > ";

  @Param({
    "integer > bigint",
    "bigint > integer",
    "bigint > double",
    "decimal(15,2) > double",
    "decimal(15,2) > decimal(15,4)",
    "decimal(15,2) > bigint",
    "double > decimal(15,2)",
    "bigint > varchar",
    "decimal(15,2) > varchar",
    "double > varchar",
    "date > varchar",
    "varchar > bigint",
    "varchar > decimal(15,2)",
    "varchar > double",
    "varchar > date"
  })
  private String types = "";

  private final Rows rows = Rows.all(Data.ROWS);
  private Cast cast = Cast.of(Types.BIGINT, Types.BIGINT, OnError.FAIL);
  private Vector values = new LongVector(Types.BIGINT, new long[0], 0, null);

  @Setup
  public void make() {
    int arrow = types.indexOf(ARROW);
    DataType from = DataType.parse(types.substring(0, arrow));
    DataType to = DataType.parse(types.substring(arrow + ARROW.length()));
    cast = Cast.of(from, to, OnError.FAIL);
    values = values(from, to);
  }

  private Vector values(DataType from, DataType to) {
    long[] numbers = Data.longs(0, 1_000_000);
    var wholes = new LongVector(Types.BIGINT, numbers, Data.ROWS, null);
    var money = wholes.withType(Data.MONEY);
    var days = new IntVector(Types.DATE, Data.ints(0, 20_000), Data.ROWS, null);
    return switch (from) {
      case DataType.Decimal _ -> new LongVector(from, numbers, Data.ROWS, null);
      case DataType.Simple.INTEGER -> new IntVector(from, Data.ints(0, 1_000_000), Data.ROWS, null);
      case DataType.Simple.BIGINT -> wholes;
      case DataType.Simple.DATE -> days;
      case DataType.Simple.VARCHAR ->
          cast(to == Types.DATE ? days : to == Types.BIGINT ? wholes : money, from);
      case DataType.Simple _ -> cast(money, from);
      case DataType.Timestamp _ -> throw new IllegalArgumentException(types);
    };
  }

  private Vector cast(Vector vector, DataType to) {
    return Cast.of(vector.type(), to, OnError.FAIL).apply(vector, rows);
  }

  @Benchmark
  public Vector cast() {
    return cast.apply(values, rows);
  }
}
