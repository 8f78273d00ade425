package io.frazil.session.journal;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.type.Schema;
import io.frazil.session.cost.Estimate;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.PlannedScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A query's plan as an object, for processes of the same build and functions: the stages in one
/// line, then the splits of each scan, many to a line.
public final class PlanFile {
  private static final int VERSION = 1;
  private static final int SPLITS_A_LINE = 500;

  private PlanFile() {}

  private record Header(
      int version,
      String build,
      String functions,
      int workers,
      long taskBytesMin,
      Estimate estimate,
      Schema schema,
      List<Stage> stages,
      Map<Integer, List<Integer>> columns,
      List<PlannedScan> scans) {}

  private record Splits(int scan, List<Split> splits) {}

  /// Stores a plan.
  ///
  /// @param functions the fingerprint of those that it was made with
  /// @return false where there is one already, which is left as it is
  static boolean create(StageObjects objects, StagePlan plan, String functions) {
    Stream<String> splits =
        plan.scans().splits().entrySet().stream()
            .flatMap(scan -> lines(scan.getKey(), scan.getValue()))
            .map(PlanJson::write);
    return LineFile.create(
        objects.store(),
        objects.plan(),
        Stream.concat(Stream.of(PlanJson.write(header(plan, functions))), splits).iterator());
  }

  /// The plan that another process stored, if this one can go on with it.
  ///
  /// @param functions the fingerprint of those here
  /// @return empty where there is none, or one of another build, or one that cannot be read
  public static Optional<StagePlan> read(StageObjects objects, String functions) {
    var reader = new Reader();
    try {
      LineFile.read(objects.store(), objects.plan(), reader::accept);
    } catch (FrazilException e) {
      return switch (e.code()) {
        case FILE_NOT_FOUND, FILE_CORRUPT, INVALID_MESSAGE -> Optional.empty();
        default -> throw e;
      };
    }
    return Optional.ofNullable(reader.header)
        .filter(header -> header.version == VERSION)
        .filter(header -> header.build.equals(BuildId.current()))
        .filter(header -> header.functions.equals(functions))
        .map(header -> plan(header, reader.splits));
  }

  private static Header header(StagePlan plan, String functions) {
    return new Header(
        VERSION,
        BuildId.current(),
        functions,
        plan.workers(),
        plan.taskBytesMin(),
        plan.estimate(),
        plan.schema(),
        plan.stages(),
        plan.scans().columns(),
        List.copyOf(plan.scans().scans().values()));
  }

  private static StagePlan plan(Header header, Map<Integer, List<Split>> splits) {
    var scans = new TreeMap<Integer, PlannedScan>();
    header.scans.forEach(scan -> scans.put(scan.node(), scan));
    return new StagePlan(
        header.schema,
        header.stages,
        new ScanInputs(splits, header.columns, scans),
        header.workers,
        header.taskBytesMin,
        header.estimate);
  }

  /// A scan without splits has a line too.
  private static Stream<Splits> lines(int scan, List<Split> splits) {
    return IntStream.iterate(0, i -> i == 0 || i < splits.size(), i -> i + SPLITS_A_LINE)
        .mapToObj(
            i -> new Splits(scan, splits.subList(i, Math.min(i + SPLITS_A_LINE, splits.size()))));
  }

  private static final class Reader {
    private final Map<Integer, List<Split>> splits = new TreeMap<>();
    private @Nullable Header header;

    void accept(String line) {
      if (header == null) {
        header = PlanJson.read(line, Header.class);
      } else {
        var more = PlanJson.read(line, Splits.class);
        splits.computeIfAbsent(more.scan, _ -> new ArrayList<>()).addAll(more.splits);
      }
    }
  }
}
