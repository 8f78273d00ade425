package io.frazil.sql;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The eight tables of TPC-H with the statistics that they have at scale 1.
final class TpchCatalog implements CatalogProvider {
  private final Map<String, TableProvider> tables = load();

  @Override
  public List<String> schemas() {
    return List.of("tpch");
  }

  @Override
  public List<String> tables(String schema) {
    return schema.equals("tpch") ? List.copyOf(tables.keySet()) : List.of();
  }

  @Override
  public Optional<TableProvider> table(String schema, String table, TableVersion version) {
    return schema.equals("tpch") ? Optional.ofNullable(tables.get(table)) : Optional.empty();
  }

  private static Map<String, TableProvider> load() {
    var tables = new LinkedHashMap<String, TableProvider>();
    String name = "";
    double rows = 0;
    var fields = new ArrayList<Field>();
    var columns = new ArrayList<ColumnStatistics>();
    for (String line : lines()) {
      String[] words = line.strip().split(" ");
      if (line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        add(tables, name, rows, fields, columns);
        name = words[0];
        rows = Double.parseDouble(words[1]);
        continue;
      }
      DataType type = DataType.parse(words[1]);
      fields.add(new Field(words[0], type, false));
      columns.add(
          new ColumnStatistics(
              literal(words[3], type),
              literal(words[4], type),
              true,
              Statistic.exact(0),
              null,
              Statistic.estimate(Double.parseDouble(words[2])),
              words[5].equals("-") ? null : Double.valueOf(words[5])));
    }
    add(tables, name, rows, fields, columns);
    return tables;
  }

  private static void add(
      Map<String, TableProvider> tables,
      String name,
      double rows,
      List<Field> fields,
      List<ColumnStatistics> columns) {
    if (!name.isEmpty()) {
      var statistics = new TableStatistics(Statistic.exact(rows), columns);
      tables.put(name, new TestTable(new Schema(fields), statistics));
    }
    fields.clear();
    columns.clear();
  }

  private static Literal literal(String text, DataType type) {
    if (text.equals("-")) {
      return new Literal(null, type);
    }
    if (type == Types.DATE) {
      return new Literal(LocalDate.parse(text).toEpochDay(), type);
    }
    return type instanceof DataType.Decimal
        ? new Literal(new BigDecimal(text), type)
        : new Literal(Long.valueOf(text), type);
  }

  private static List<String> lines() {
    try (var in = TpchCatalog.class.getResourceAsStream("tpch-sf1.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
