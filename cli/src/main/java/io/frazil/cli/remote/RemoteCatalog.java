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
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The names of a deployment's tables and columns, for completing them: each is asked for once, by
/// a statement. Its tables cannot be read from here, and their columns' types are not looked at.
public final class RemoteCatalog implements CatalogProvider {
  private final SqlSession session;
  private final Map<String, List<String>> answers = new ConcurrentHashMap<>();

  public RemoteCatalog(SqlSession session) {
    this.session = session;
  }

  @Override
  public List<String> schemas() {
    return names("SHOW SCHEMAS", 0);
  }

  @Override
  public List<String> tables(String schema) {
    return names("SHOW TABLES FROM " + quoted(schema), 1);
  }

  @Override
  public Optional<TableProvider> table(String schema, String table, TableVersion version) {
    List<String> columns = names("DESCRIBE " + quoted(schema) + "." + quoted(table), 0);
    return columns.isEmpty() ? Optional.empty() : Optional.of(new NamedTable(columns));
  }

  private List<String> names(String statement, int column) {
    return answers.computeIfAbsent(statement, sql -> ask(sql, column));
  }

  private List<String> ask(String statement, int column) {
    try (QueryHandle query = session.sql(statement)) {
      return query.rows().stream().map(row -> String.valueOf(row.get(column))).toList();
    } catch (FrazilException e) {
      // There is nothing to complete, and the statement that is typed will say why.
      return List.of();
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
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
