package io.frazil.sql;

import io.frazil.engine.type.Schema;
import java.util.List;

/// What a SQL statement asks for. Names are as written, one part an element, unquoted ones folded
/// to lower case.
public sealed interface Statement {
  /// Gives rows.
  ///
  /// @param text the query, at the place it has in its statement: what stands before and after it
  ///   there is blank, so that positions in errors are those of the statement
  record Query(String text) implements Statement {}

  record Explain(Query query, Depth depth) implements Statement {}

  record CreateTable(List<String> name, Schema columns, Existing existing) implements Statement {
    public CreateTable {
      name = List.copyOf(name);
    }
  }

  record CreateTableAs(List<String> name, Query query, Existing existing) implements Statement {
    public CreateTableAs {
      name = List.copyOf(name);
    }
  }

  /// @param columns which of the table's columns the query gives; empty for all
  record Insert(List<String> table, List<String> columns, Query query) implements Statement {
    public Insert {
      table = List.copyOf(table);
      columns = List.copyOf(columns);
    }
  }

  record DropTable(List<String> name, Missing missing) implements Statement {
    public DropTable {
      name = List.copyOf(name);
    }
  }

  record CreateSchema(List<String> name, Existing existing) implements Statement {
    public CreateSchema {
      name = List.copyOf(name);
    }
  }

  record DropSchema(List<String> name, Missing missing) implements Statement {
    public DropSchema {
      name = List.copyOf(name);
    }
  }

  /// @param columns the view's names for the query's columns; empty to keep them
  record CreateView(List<String> name, List<String> columns, Query query, Existing existing)
      implements Statement {
    public CreateView {
      name = List.copyOf(name);
      columns = List.copyOf(columns);
    }
  }

  record DropView(List<String> name, Missing missing) implements Statement {
    public DropView {
      name = List.copyOf(name);
    }
  }

  /// @param schema empty for the current one
  record ShowTables(List<String> schema) implements Statement {
    public ShowTables {
      schema = List.copyOf(schema);
    }
  }

  /// @param catalog empty for the current one
  record ShowSchemas(List<String> catalog) implements Statement {
    public ShowSchemas {
      catalog = List.copyOf(catalog);
    }
  }

  /// `DESCRIBE t`, `SHOW COLUMNS FROM t`.
  record Describe(List<String> table) implements Statement {
    public Describe {
      table = List.copyOf(table);
    }
  }

  /// Whether it changes what is stored: a view belongs to its session alone.
  default boolean writes() {
    return switch (this) {
      case Query _, Explain _, CreateView _, DropView _, ShowTables _, ShowSchemas _, Describe _ ->
          false;
      case CreateTable _, CreateTableAs _, Insert _, DropTable _, CreateSchema _, DropSchema _ ->
          true;
    };
  }

  /// How far EXPLAIN goes.
  enum Depth {
    PLAN,
    /// Runs the query and reports what it did.
    ANALYZE
  }

  /// What a CREATE does where the thing exists.
  enum Existing {
    FAIL,
    /// IF NOT EXISTS.
    SKIP,
    /// OR REPLACE.
    REPLACE
  }

  /// What a DROP does where there is no such thing.
  enum Missing {
    FAIL,
    /// IF EXISTS.
    SKIP
  }
}
