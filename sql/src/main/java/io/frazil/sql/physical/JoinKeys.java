package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Coalesce;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.IsNull;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.sql.translate.KeyTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The keys of a hash join as columns of its inputs. A key that is none, or of another type than
/// its partner, is computed by a projection below.
///
/// Where null is to equal null, the key is two: whether it is null, and a value that then stands in
/// its place.
final class JoinKeys {
  private final Columns probe;
  private final Columns build;

  JoinKeys(Context context, PhysicalPlan probe, PhysicalPlan build) {
    this.probe = new Columns(context, probe);
    this.build = new Columns(context, build);
  }

  void add(Expression left, Expression right, JoinCondition.Nulls nulls) {
    DataType type = KeyTypes.common(left.type(), right.type());
    Expression a = KeyTypes.cast(left, type);
    Expression b = KeyTypes.cast(right, type);
    if (nulls == JoinCondition.Nulls.NEVER_EQUAL) {
      probe.add(a);
      build.add(b);
      return;
    }
    Literal substitute = substitute(type);
    probe.add(new IsNull(a));
    build.add(new IsNull(b));
    probe.add(new Coalesce(List.of(a, substitute)));
    build.add(new Coalesce(List.of(b, substitute)));
  }

  boolean isEmpty() {
    return probe.keys.isEmpty();
  }

  PhysicalPlan probe() {
    return probe.plan();
  }

  PhysicalPlan build() {
    return build.plan();
  }

  List<Integer> probeKeys() {
    return probe.keys;
  }

  List<Integer> buildKeys() {
    return build.keys;
  }

  private static Literal substitute(DataType type) {
    Object value =
        switch (type) {
          case DataType.Simple.BOOLEAN -> false;
          case DataType.Simple.VARCHAR -> "";
          case DataType.Simple.REAL, DataType.Simple.DOUBLE -> 0.0;
          case DataType.Decimal(int _, int scale) -> BigDecimal.ZERO.setScale(scale);
          case DataType.Simple _, DataType.Timestamp _ -> 0L;
        };
    return new Literal(value, type);
  }

  /// One input and what is appended to it.
  private static final class Columns {
    private final Context context;
    private final PhysicalPlan input;
    private final List<Expression> computed = new ArrayList<>();
    private final List<Integer> keys = new ArrayList<>();

    Columns(Context context, PhysicalPlan input) {
      this.context = context;
      this.input = input;
    }

    void add(Expression key) {
      if (key instanceof Column column) {
        keys.add(column.index());
        return;
      }
      int known = computed.indexOf(key);
      if (known < 0) {
        known = computed.size();
        computed.add(key);
      }
      keys.add(input.schema().size() + known);
    }

    PhysicalPlan plan() {
      if (computed.isEmpty()) {
        return input;
      }
      var expressions = new ArrayList<Expression>();
      var names = new ArrayList<String>();
      List<Field> fields = input.schema().fields();
      for (int i = 0; i < fields.size(); i++) {
        expressions.add(Planned.reference(input, i));
        names.add(fields.get(i).name());
      }
      for (int i = 0; i < computed.size(); i++) {
        expressions.add(computed.get(i));
        names.add("key" + i);
      }
      return context.estimatedAsInput(
          new PhysicalPlan.Project(context.nextId(), input, expressions, names));
    }
  }
}
