package io.frazil.benchmarks.micro;

import io.frazil.engine.kernel.LikePattern;
import io.frazil.engine.vector.StringVector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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

/// LIKE over sentences of 25 to 80 bytes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(Data.ROWS)
public class LikeBenchmark {
  @Param({"special%", "%special", "%special%", "%special%requests%", "%sp_cial%"})
  private String pattern = "";

  private final List<String> strings = Data.sentences();
  private final StringVector texts = Data.text(strings);
  private LikePattern like = LikePattern.of("", LikePattern.NO_ESCAPE);
  private Pattern regex = Pattern.compile("");

  @Setup
  public void compile() {
    like = LikePattern.of(pattern, LikePattern.NO_ESCAPE);
    regex = Pattern.compile(pattern.replace("%", ".*").replace('_', '.'));
  }

  @Benchmark
  public int like() {
    byte[] bytes = texts.bytes();
    int[] starts = texts.starts();
    int[] lengths = texts.lengths();
    int n = 0;
    for (int i = 0; i < Data.ROWS; i++) {
      n += like.matches(bytes, starts[i], lengths[i]) ? 1 : 0;
    }
    return n;
  }

  @Benchmark
  public int plainRegularExpression() {
    int n = 0;
    for (String text : strings) {
      n += regex.matcher(text).matches() ? 1 : 0;
    }
    return n;
  }
}
