package io.frazil.worker.jars;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Code of all kinds that compilers write `invokedynamic` for: each line of [#all] is one of them,
/// computed.
public final class Samples {
  private final int own = 7;

  private Samples() {}

  /// Called by name, of the class as it was compiled and as it was desugared.
  public static List<String> all() {
    var lines = new ArrayList<String>();
    lambdas(lines);
    references(lines);
    conversions(lines);
    switches(lines);
    records(lines);
    return lines;
  }

  private static void lambdas(List<String> lines) {
    long wide = 1L << 40;
    double real = 0.5;
    byte small = -3;
    String text = "text";
    Supplier<String> captures = () -> text + wide + real + small;
    lines.add(captures.get());
    Callable<Integer> none = () -> 42;
    lines.add(call(none));
    lines.add("one for all: " + (once() == once()) + ", " + (capturing(1) == capturing(1)));
    lines.add(new Samples().ofThis().apply(3));
    lines.add(new Inner().ofThis().get());
    Function<Integer, Function<Integer, Integer>> nested = a -> b -> a * 10 + b;
    lines.add("" + nested.apply(4).apply(2));
    Runnable nothing = () -> lines.add("ran");
    nothing.run();
    lines.add(Shape.describing().apply(new Circle(2)));
    Supplier<String> both = (Supplier<String> & Serializable) () -> "serializable";
    lines.add(both.get());
    try {
      Supplier<String> fails = () -> Objects.requireNonNull(null, "said so");
      lines.add(fails.get());
    } catch (NullPointerException e) {
      lines.add(String.valueOf(e.getMessage()));
    }
  }

  private static void references(List<String> lines) {
    Function<String, Integer> unbound = String::length;
    lines.add("" + unbound.apply("four"));
    Supplier<Integer> bound = "bound"::length;
    lines.add("" + bound.get());
    Function<String, StringBuilder> made = StringBuilder::new;
    lines.add(made.apply("made").toString());
    Supplier<List<String>> list = ArrayList::new;
    lines.add("" + list.get());
    IntFunction<int[]> array = int[]::new;
    lines.add("" + array.apply(3).length);
    UnaryOperator<int[]> cloned = int[]::clone;
    lines.add("" + cloned.apply(new int[] {1, 2})[1]);
    BiFunction<Shape, Integer, String> ofInterface = Shape::times;
    lines.add(ofInterface.apply(new Square(3), 2));
    Function<Object, String> text = Object::toString;
    lines.add(text.apply(new Square(1)));
    Function<Circle, Integer> accessor = Circle::radius;
    lines.add("" + accessor.apply(new Circle(9)));
    Function<Integer, Circle> constructor = Circle::new;
    lines.add("" + constructor.apply(8));
    Supplier<String> above = new Below()::said;
    lines.add(above.get());
  }

  private static void conversions(List<String> lines) {
    ToIntFunction<Integer> unboxes = i -> i + 1;
    lines.add("" + unboxes.applyAsInt(1));
    ToLongFunction<Integer> widens = Integer::intValue;
    lines.add("" + widens.applyAsLong(-5));
    ToDoubleFunction<Long> toReal = Long::longValue;
    lines.add("" + toReal.applyAsDouble(3L));
    IntBinaryOperator sums = Integer::sum;
    lines.add("" + sums.applyAsInt(2, 3));
    Function<Integer, Long> boxes = Integer::longValue;
    lines.add("" + boxes.apply(6));
    LongSupplier fromInt = () -> 'x';
    lines.add("" + fromInt.getAsLong());
    BooleanSupplier truth = Boolean.TRUE::booleanValue;
    lines.add("" + truth.getAsBoolean());
    Runnable drops = "dropped"::length;
    drops.run();
    Function<Byte, Object> toObject = Byte::intValue;
    lines.add(toObject.apply((byte) 5).getClass().getSimpleName());
    Generic<String> generic = (a, b) -> a.compareTo(b);
    lines.add("" + compare(generic));
  }

  private static void switches(List<String> lines) {
    Object[] all = {
      new Circle(1),
      new Circle(100),
      new Square(2),
      5,
      5L,
      "five",
      DayOfWeek.MONDAY,
      new int[0],
      'c'
    };
    for (Object each : all) {
      lines.add(kind(each));
    }
    for (Shape shape : List.of(new Circle(3), new Square(4), Unit.POINT, Unit.LINE)) {
      lines.add(named(shape));
    }
    try {
      lines.add(named(none()));
    } catch (NullPointerException _) {
      lines.add("no shape");
    }
    lines.add(orNull(null));
  }

  private static void records(List<String> lines) {
    var one = new Row(1, 2L, 0.0, Float.NaN, true, (byte) 1, (short) 2, 'c', "s", null);
    var same = new Row(1, 2L, 0.0, Float.NaN, true, (byte) 1, (short) 2, 'c', "s", null);
    var other = new Row(1, 2L, -0.0, Float.NaN, true, (byte) 1, (short) 2, 'c', "s", null);
    lines.add(one.equals(same) + " " + one.equals(other) + " " + one.equals("row"));
    lines.add(one.hashCode() + " " + other.hashCode());
    lines.add("" + one);
    lines.add("" + new Empty().equals(new Empty()) + new Empty().hashCode());
  }

  private static @Nullable Shape none() {
    return null;
  }

  private static Supplier<String> once() {
    return () -> "once";
  }

  private static Supplier<Integer> capturing(int i) {
    return () -> i;
  }

  private Function<Integer, String> ofThis() {
    return i -> "own " + own * i + secret(i);
  }

  private String secret(int i) {
    return ", private " + i;
  }

  private static String call(Callable<Integer> called) {
    try {
      return "" + called.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int compare(Generic<String> generic) {
    return generic.compare("a", "b");
  }

  private static String kind(Object value) {
    return switch (value) {
      case Circle circle when circle.radius > 10 -> "large circle";
      case Circle _ -> "circle";
      case Shape _ -> "shape";
      case Integer i when i > 5 -> "large";
      case Number _ -> "number";
      case String text when text.isEmpty() -> "empty";
      case CharSequence _ -> "text";
      case DayOfWeek _ -> "day";
      case int[] _ -> "array";
      default -> "other";
    };
  }

  private static String named(@Nullable Shape shape) {
    return switch (shape) {
      case Circle(int radius) -> "circle of " + radius;
      case Square _ -> "square";
      case Unit.POINT -> "point";
      case Unit.LINE -> "line";
    };
  }

  private static String orNull(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "text";
      default -> "other";
    };
  }

  private interface Generic<T extends Comparable<T>> {
    int compare(T one, T other);
  }

  private sealed interface Shape {
    static Function<Shape, String> describing() {
      return shape -> shape.described();
    }

    private String described() {
      Supplier<String> own = () -> "described " + this;
      return own.get();
    }

    default String times(int times) {
      IntFunction<String> repeated = ("" + this)::repeat;
      return repeated.apply(times);
    }
  }

  private record Circle(int radius) implements Shape {}

  private record Square(int side) implements Shape {
    @Override
    public String toString() {
      return "square " + side;
    }
  }

  private enum Unit implements Shape {
    POINT,
    LINE
  }

  private record Empty() {}

  private record Row(
      int a,
      long b,
      double c,
      float d,
      boolean e,
      byte f,
      short g,
      char h,
      String i,
      @Nullable Object j) {}

  private static final class Inner {
    private final String name = "inner";

    Supplier<String> ofThis() {
      return this::said;
    }

    private String said() {
      return name;
    }
  }

  private static class Above {
    String said() {
      return "above";
    }
  }

  private static final class Below extends Above {
    @Override
    String said() {
      Supplier<String> above = super::said;
      return above.get() + ", below";
    }
  }
}
