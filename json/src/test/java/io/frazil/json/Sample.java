package io.frazil.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Declarations of every kind that has a form.
final class Sample {
  private Sample() {}

  enum Planet {
    SMALL_MARS,
    EARTH,
    @JsonName("Third Rock")
    NAMED
  }

  record Leaf(
      String name,
      int count,
      long size,
      double share,
      boolean living,
      @Nullable String note,
      Planet planet) {
    Leaf {
      if (count < 0) {
        throw new IllegalArgumentException("count must not be negative");
      }
    }
  }

  sealed interface Shape {
    record RoundOne(int radius) implements Shape {
      public RoundOne {
        if (radius < 0) {
          throw new IllegalArgumentException("a radius is not negative");
        }
      }
    }

    record Point() implements Shape {}

    non-sealed interface Free extends Shape {}
  }

  record Drawn(Shape shape) {}

  record Number(int value) {}

  static final class NumberText extends Wire<Number, String> {
    NumberText() {
      super(Number.class, String.class);
    }

    @Override
    protected String write(Number number) {
      return String.valueOf(number.value());
    }

    @Override
    protected Number read(String said) {
      return new Number(Integer.parseInt(said));
    }
  }

  record Tree(
      Shape shape,
      List<Tree> children,
      Map<Integer, List<Leaf>> byNumber,
      Map<String, Long> byName,
      Number number) {}

  record Text(@Nullable JsonText part, @Nullable Long other) {}

  record Any(List<@Nullable Object> values) {}

  @Lenient
  record Mild(Inner inner, @JsonName("Named") String name) {
    record Inner(int x) {}
  }
}
