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
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.events.FragmentRequest;
import io.frazil.session.QueryId;
import java.util.List;
import java.util.Map;

/// Messages to workers that no coordinator sends.
public final class Fragments {
  private static final Schema SCHEMA = Schema.of(new Field("k", Types.BIGINT, false));

  private Fragments() {}

  /// One that this build planned and that gives two rows.
  ///
  /// @param results where queries lie, ending with `/`
  public static FragmentRequest of(String results, String query, int attempt) {
    var values =
        new PhysicalPlan.Values(
            1,
            SCHEMA,
            List.of(
                List.of(new Expression.Literal(1L, Types.BIGINT)),
                List.of(new Expression.Literal(2L, Types.BIGINT))));
    return of(results, query, attempt, values, Map.of());
  }

  /// One that this build planned and that reads a file.
  ///
  /// @param results where queries lie, ending with `/`
  public static FragmentRequest reading(String results, String query, String location) {
    var scan =
        new PhysicalPlan.TableScan(
            1,
            new TableReference(List.of("iceberg", "default", "t"), null),
            List.of(ScanColumn.named(SCHEMA.fields().getFirst())),
            List.of(),
            List.of(0),
            null,
            List.of());
    var split = new Split.Parquet(location, 0, 100, 100, null, Map.of());
    return of(results, query, 1, scan, Map.of(1, List.of(split)));
  }

  private static FragmentRequest of(
      String results,
      String query,
      int attempt,
      PhysicalPlan plan,
      Map<Integer, List<Split>> splits) {
    String folder = QueryId.folder(results, query);
    String fragment =
        FragmentJson.write(
            new Fragment(
                Fragment.VERSION,
                BuildId.current(),
                BuildId.fingerprint(BuiltInAggregates.register(BuiltInFunctions.registry())),
                plan,
                splits,
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
