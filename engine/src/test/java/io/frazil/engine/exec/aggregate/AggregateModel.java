package io.frazil.engine.exec.aggregate;

import io.frazil.engine.hash.ValueHash;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.vector.Batch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Groups and aggregates rows as plainly as can be.
final class AggregateModel {
  private AggregateModel() {}

  /// The results of all calls by the keys of their group.
  static Map<List<@Nullable Object>, List<@Nullable Object>> run(
      List<Batch> batches, List<Integer> keys, List<AggregateCall> calls) {
    Map<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new HashMap<>();
    if (keys.isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (Batch batch : batches) {
      for (List<@Nullable Object> row : VectorValues.rows(batch)) {
        var key = new ArrayList<@Nullable Object>();
        keys.forEach(k -> key.add(canonical(row.get(k))));
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
      }
    }
    Map<List<@Nullable Object>, List<@Nullable Object>> results = new HashMap<>();
    groups.forEach((key, rows) -> {
      var values = new ArrayList<@Nullable Object>();
      calls.forEach(call -> values.add(result(call, rows)));
      results.put(key, values);
    });
    return results;
  }

  static @Nullable Object canonical(@Nullable Object value) {
    return value instanceof Double d
        ? (Object) Double.longBitsToDouble(ValueHash.canonicalBits(d))
        : value;
  }

  private static @Nullable Object result(AggregateCall call, List<List<@Nullable Object>> rows) {
    List<List<@Nullable Object>> passing =
        rows.stream()
            .filter(row -> call.filter() == null || Boolean.TRUE.equals(row.get(call.filter())))
            .toList();
    if (call.arguments().isEmpty()) {
      return (long) passing.size();
    }
    int argument = call.arguments().getFirst();
    List<Object> values =
        passing.stream().map(row -> row.get(argument)).filter(Objects::nonNull).toList();
    return switch (call.function()) {
      case "count" -> (long) values.size();
      case "min", "bool_and" -> values.stream().min(ORDER).orElse(null);
      case "max", "bool_or" -> values.stream().max(ORDER).orElse(null);
      case "sum" -> values.isEmpty() ? null : sum(values);
      case "avg" -> values.isEmpty() ? null : average(values, call);
      default -> throw new IllegalArgumentException(call.function());
    };
  }

  private static final Comparator<Object> ORDER =
      (a, b) ->
          switch (a) {
            case Long x -> x.compareTo((Long) b);
            case BigInteger x -> x.compareTo((BigInteger) b);
            case Boolean x -> x.compareTo((Boolean) b);
            case Double x -> Double.compare(x + 0.0, (Double) b + 0.0);
            case String x ->
                Arrays.compareUnsigned(
                    x.getBytes(StandardCharsets.UTF_8),
                    ((String) b).getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException(a.toString());
          };

  private static Object sum(List<Object> values) {
    return switch (values.getFirst()) {
      case Long _ -> total(values).longValueExact();
      case BigInteger _ -> total(values);
      default -> values.stream().mapToDouble(v -> (Double) v).sum();
    };
  }

  private static BigInteger total(List<Object> values) {
    return values.stream()
        .map(v -> v instanceof BigInteger b ? b : BigInteger.valueOf((Long) v))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static Object average(List<Object> values, AggregateCall call) {
    if (values.getFirst() instanceof Double) {
      return (Double) sum(values) / values.size();
    }
    var total = new BigDecimal(total(values));
    var count = BigDecimal.valueOf(values.size());
    if (call.type() instanceof Decimal result) {
      int scale = result.scale() - ((Decimal) call.argumentTypes().getFirst()).scale();
      return total.divide(count, scale, RoundingMode.HALF_UP).unscaledValue();
    }
    return total.divide(count, 40, RoundingMode.HALF_UP).doubleValue();
  }
}
