package io.frazil.cli.remote;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The names of a deployment's tables and columns, for completing them: each is asked for once, and
/// again where it could not be had. Its tables cannot be read from here, and their columns' types
/// are not looked at.
final class RemoteCatalog implements CatalogProvider {
  private final Names names;
  private final Map<List<String>, List<String>> known = new ConcurrentHashMap<>();

  RemoteCatalog(Names names) {
    this.names = names;
  }

  /// How a deployment is asked for names.
  ///
  /// All throw FrazilException where it does not say them.
  interface Names {
    List<String> schemas();

    List<String> tables(String schema);

    List<String> columns(String schema, String table);
  }

  @Override
  public List<String> schemas() {
    return known.computeIfAbsent(List.of(), _ -> names.schemas());
  }

  @Override
  public List<String> tables(String schema) {
    return known.computeIfAbsent(List.of(schema), _ -> names.tables(schema));
  }

  @Override
  public Optional<TableProvider> table(String schema, String table, TableVersion version) {
    List<String> columns =
        known.computeIfAbsent(List.of(schema, table), _ -> names.columns(schema, table));
    return columns.isEmpty() ? Optional.empty() : Optional.of(new NamedTable(columns));
  }

  private record NamedTable(List<String> names) implements TableProvider {
    @Override
    public Schema schema() {
      return Schema.of(
          names.stream().map(n -> new Field(n, Types.VARCHAR, true)).toArray(Field[]::new));
    }

    @Override
    public List<ScanColumn> columns() {
      return schema().fields().stream().map(ScanColumn::named).toList();
    }

    @Override
    public TableStatistics statistics() {
      return TableStatistics.unknown(names.size());
    }

    @Override
    public ScanPlan scan(ScanRequest request) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED, "A deployment's tables are read by the deployment");
    }
  }
}
