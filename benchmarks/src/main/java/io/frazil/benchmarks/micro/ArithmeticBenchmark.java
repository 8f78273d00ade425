package io.frazil.benchmarks.micro;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.kernel.DecimalArithmetic;
import io.frazil.engine.kernel.Decimals;
import io.frazil.engine.kernel.DoubleArithmetic;
import io.frazil.engine.kernel.IntegerArithmetic;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.WideDecimalArithmetic;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Sums and products of whole batches, with their checks for overflow.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(Data.ROWS)
public class ArithmeticBenchmark {
  private final int[] ints = Data.ints(-1000, 1000);
  private final long[] longs = Data.longs(0, 1_000_000_000);
  private final double[] doubles = Data.doubles();
  private final long[] prices = Data.longs(0, 10_000_000);
  private final long[] discounts = Data.longs(0, 11);
  private final BigDecimal[] bigPrices = decimals(prices);
  private final BigDecimal[] bigDiscounts = decimals(discounts);
  private final BigDecimal[] bigOut = new BigDecimal[Data.ROWS];
  private final int[] intOut = new int[Data.ROWS];
  private final long[] longOut = new long[Data.ROWS];
  private final double[] doubleOut = new double[Data.ROWS];
  private final long[][] wideOut = {new long[Data.ROWS], new long[Data.ROWS]};
  private final Positions all = new Positions(Data.allRows(), Data.ROWS, null);
  private final DecimalArithmetic product;
  private final Int128Vector widePrices;
  private final Int128Vector wideDiscounts;

  public ArithmeticBenchmark() {
    var money = (Decimal) Data.MONEY;
    product =
        new DecimalArithmetic(
            ArithmeticOperator.MULTIPLY, money, money, DecimalTypes.multiply(money, money));
    widePrices = wide(prices);
    wideDiscounts = wide(discounts);
  }

  private static BigDecimal[] decimals(long[] unscaled) {
    return Arrays.stream(unscaled)
        .mapToObj(v -> BigDecimal.valueOf(v, 2))
        .toArray(BigDecimal[]::new);
  }

  private static Int128Vector wide(long[] values) {
    return new Decimals().widen(new LongVector(Data.MONEY, values, Data.ROWS, null));
  }

  @Benchmark
  public boolean intSum() {
    return IntegerArithmetic.dense(
        ArithmeticOperator.ADD, ints, ints, intOut, Data.ROWS, Types.INTEGER);
  }

  @Benchmark
  public int[] plainIntSum() {
    for (int i = 0; i < Data.ROWS; i++) {
      intOut[i] = Math.addExact(ints[i], ints[i]);
    }
    return intOut;
  }

  @Benchmark
  public boolean longSum() {
    return IntegerArithmetic.dense(ArithmeticOperator.ADD, longs, longs, longOut, Data.ROWS);
  }

  @Benchmark
  public long[] plainLongSum() {
    for (int i = 0; i < Data.ROWS; i++) {
      longOut[i] = Math.addExact(longs[i], longs[i]);
    }
    return longOut;
  }

  @Benchmark
  public boolean longProduct() {
    return IntegerArithmetic.dense(ArithmeticOperator.MULTIPLY, longs, longs, longOut, Data.ROWS);
  }

  @Benchmark
  public long[] plainLongProduct() {
    for (int i = 0; i < Data.ROWS; i++) {
      longOut[i] = Math.multiplyExact(longs[i], longs[i]);
    }
    return longOut;
  }

  @Benchmark
  public long[] checkedLongProduct() {
    IntegerArithmetic.checked(
        ArithmeticOperator.MULTIPLY, longs, longs, longOut, all, Types.BIGINT);
    return longOut;
  }

  @Benchmark
  public double[] doubleProduct() {
    DoubleArithmetic.apply(ArithmeticOperator.MULTIPLY, doubles, doubles, doubleOut, Data.ROWS);
    return doubleOut;
  }

  @Benchmark
  public boolean decimalProduct() {
    return product.dense(prices, discounts, longOut, Data.ROWS);
  }

  @Benchmark
  public long[][] wideDecimalProduct() {
    WideDecimalArithmetic.apply(product, widePrices, wideDiscounts, wideOut, all);
    return wideOut;
  }

  @Benchmark
  public BigDecimal[] plainDecimalProduct() {
    for (int i = 0; i < Data.ROWS; i++) {
      bigOut[i] = bigPrices[i].multiply(bigDiscounts[i]);
    }
    return bigOut;
  }
}
