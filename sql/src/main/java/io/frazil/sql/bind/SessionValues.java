package io.frazil.sql.bind;

import io.frazil.sql.SqlEnvironment;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/// `now()`, `current_date` and their like are constants of the query: fixed here, once.
final class SessionValues {
  private final SqlEnvironment environment;

  SessionValues(SqlEnvironment environment) {
    this.environment = environment;
  }

  RelNode fix(RelNode tree) {
    RexShuttle values = values(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            return super.visit(node).accept(values);
          }
        });
  }

  private RexShuttle values(RexBuilder builder) {
    return new RexShuttle() {
      @Override
      public RexNode visitCall(RexCall call) {
        RexNode value = value(builder, call);
        return value == call ? super.visitCall(call) : value;
      }

      @Override
      public RexNode visitSubQuery(RexSubQuery query) {
        var visited = (RexSubQuery) super.visitSubQuery(query);
        return visited.clone(fix(visited.rel));
      }
    };
  }

  private RexNode value(RexBuilder builder, RexCall call) {
    if (!call.getOperands().isEmpty()) {
      return call;
    }
    LocalDateTime local = LocalDateTime.ofInstant(environment.now(), environment.zone());
    RelDataType type = call.getType();
    return switch (call.getOperator().getName()) {
      case "CURRENT_DATE" ->
          builder.makeDateLiteral(new DateString(local.toLocalDate().toString()));
      case "LOCALTIMESTAMP", "CURRENT_TIMESTAMP" ->
          builder.makeTimestampLiteral(text(local), type.getPrecision());
      default -> call;
    };
  }

  private static TimestampString text(LocalDateTime time) {
    String micros = time.truncatedTo(ChronoUnit.MICROS).toString().replace('T', ' ');
    boolean seconds = micros.length() > "2026-01-01 00:00".length();
    return new TimestampString(trimmed(seconds ? micros : micros + ":00"));
  }

  /// Calcite takes no zeros at the end of a fraction.
  private static String trimmed(String text) {
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
