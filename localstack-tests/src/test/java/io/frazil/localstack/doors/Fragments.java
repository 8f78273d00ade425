package io.frazil.localstack.doors;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.events.FragmentRequest;
import io.frazil.session.QueryId;
import java.util.List;
import java.util.Map;

/// Messages to workers that no coordinator sends.
public final class Fragments {
  private Fragments() {}

  /// One that this build planned and that gives two rows.
  ///
  /// @param results where queries lie, ending with `/`
  public static FragmentRequest of(String results, String query, int attempt) {
    String folder = QueryId.folder(results, query);
    Schema schema = Schema.of(new Field("k", Types.BIGINT, false));
    var values =
        new PhysicalPlan.Values(
            1,
            schema,
            List.of(
                List.of(new Expression.Literal(1L, Types.BIGINT)),
                List.of(new Expression.Literal(2L, Types.BIGINT))));
    String fragment =
        FragmentJson.write(
            new Fragment(
                Fragment.VERSION,
                BuildId.current(),
                BuildId.fingerprint(BuiltInAggregates.register(BuiltInFunctions.registry())),
                values,
                Map.of(),
                Map.of(),
                new Fragment.Output(
                    folder + "stages/1/0/tasks/0.arrow",
                    new Distribution.Hash(List.of(0), 2),
                    Compression.NONE,
                    0),
                new Fragment.Limits(64 << 20, 1),
                QueryId.control(folder)));
    return new FragmentRequest(query, 0, 0, attempt, fragment);
  }
}
