package io.frazil.engine.exec.aggregate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.NodeName;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate node resolved: what all of its drivers know.
///
/// @param name of the node, for messages
/// @param keys columns of the input
/// @param keyTypes one for each of `keys`
record AggregateShape(
    String name, Phase phase, List<Integer> keys, List<DataType> keyTypes, List<Call> calls) {
  /// @param inputs columns of the input that are the arguments
  /// @param filter a column of the input, or null
  record Call(
      AggregateFunction function,
      List<DataType> argumentTypes,
      List<Integer> inputs,
      @Nullable Integer filter,
      List<Field> state) {}

  static AggregateShape of(HashAggregate node, FunctionRegistry functions) {
    Schema input = node.input().schema();
    String name = NodeName.of(node);
    return new AggregateShape(
        name,
        node.phase(),
        node.keys(),
        node.keys().stream().map(input::type).toList(),
        node.aggregates().stream().map(c -> call(c, node, input, functions)).toList());
  }

  int keyCount() {
    return keys.size();
  }

  /// The table that suits the keys.
  GroupTable table(Reservation reservation) {
    if (keys.isEmpty()) {
      return new NoKeysTable();
    }
    return new DictionaryTable(keys.size(), plainTable(reservation));
  }

  private GroupTable plainTable(Reservation reservation) {
    DataType first = keyTypes.getFirst();
    boolean isLong = first.physical() == PhysicalType.INT || first.physical() == PhysicalType.LONG;
    if (keyTypes.size() == 1 && isLong) {
      return new LongTable(first, reservation);
    }
    return keyTypes.size() > 1 && PackedTable.holds(keyTypes)
        ? new PackedTable(keyTypes, reservation)
        : new RowTable(keyTypes, reservation);
  }

  /// The key columns of the input.
  Vector[] keys(Vector[] columns) {
    var out = new Vector[keys.size()];
    Arrays.setAll(out, k -> columns[keys.get(k)]);
    return out;
  }

  /// The key columns of states.
  Vector[] leadingKeys(Vector[] columns) {
    return Arrays.copyOf(columns, keys.size());
  }

  private static Call call(
      AggregateCall call, HashAggregate node, Schema input, FunctionRegistry functions) {
    AggregateFunction function = functions.requireAggregate(call.function());
    List<DataType> types = call.argumentTypes();
    if (types.isEmpty() && node.phase() != Phase.FINAL) {
      types = call.arguments().stream().map(input::type).toList();
    }
    AggregateFunction.Signature signature =
        function
            .resolve(types)
            .orElseThrow(() ->
                new FrazilException(
                    ErrorCode.INTERNAL,
                    "%s does not say which types '%s' was called by"
                        .formatted(NodeName.of(node), call.function())));
    return new Call(function, types, call.arguments(), call.filter(), signature.state());
  }
}
